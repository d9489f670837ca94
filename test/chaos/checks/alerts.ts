import { z } from 'zod';
import { laterDay } from '#domain/day.ts';
import { compareDecimals } from '#domain/decimal.ts';
import type { Product } from '../product/product.ts';
import { BUDGET } from '../product/watch-alerts.ts';
import { history } from './money.ts';
import type { State } from './state.ts';

const recorded = { alert_id: z.string(), subject: z.string(), is_quiet: z.boolean(), times: z.coerce.number() };
type Told = { data: { id: string } };

/** What is wrong with alerts: each is recorded once, whatever was killed, and the loud ones arrive, under one id each. */
export async function checkAlerts(product: Product, state: State): Promise<string[]> {
  const wrong: string[] = [];
  const alerts = await product.sql(
    `SELECT alert_id, any(is_quiet) AS is_quiet, uniqExact(version) AS times,
       any(kind || budget_id || toString(revision) || toString(period_from) || threshold_of || toString(threshold_percent)
         || if(kind = 'budget', '', alert_id)) AS subject
     FROM alert_events WHERE event = 'raised' GROUP BY alert_id`,
    recorded,
  );
  const ids = Map.groupBy(product.receiver.received, ({ body }) => (JSON.parse(body) as Told).data.id);
  for (const { alert_id, is_quiet, times } of alerts) {
    if (times !== 1) wrong.push(`${alert_id} was raised ${times} times`);
    if (is_quiet === ids.has(alert_id))
      wrong.push(`${alert_id} ${is_quiet ? 'is quiet, and was told' : 'was not told'}`);
  }
  for (const [alert, messages] of ids) {
    const used = new Set(messages.map(({ headers }) => headers['webhook-id'])).size;
    if (used !== 1) wrong.push(`${alert} was told under ${used} ids`);
  }
  const subjects = new Set(alerts.map(({ subject }) => subject)).size;
  if (subjects !== alerts.length) wrong.push(`${alerts.length} alerts of ${subjects} subjects`);
  if (state === 'connected' && isExceeded(product) && ids.size === 0)
    wrong.push('the budget is exceeded, and nothing was told');
  return wrong;
}

function isExceeded(product: Product): boolean {
  const { from, to } = history(product);
  const spent = product.simulator.truth.total(laterDay(from, `${product.simulator.today().slice(0, 4)}-01-01`), to);
  return compareDecimals(spent, BUDGET.amount) >= 0;
}
