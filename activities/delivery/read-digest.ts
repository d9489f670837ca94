import { sumCosts } from '#clickhouse/aggregates/costs.ts';
import { listBudgets } from '#clickhouse/budgets/budgets.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { reconcile } from '#clickhouse/coverage/reconcile.ts';
import { readTopMovers } from '#clickhouse/summary/top-movers.ts';
import { type Budget, periodAround } from '#domain/budgets/budget.ts';
import { evaluateBudget } from '#domain/budgets/evaluate-budget.ts';
import { type Channel, concerns } from '#domain/channels/channel.ts';
import type { DigestPeriod } from '#domain/channels/digest.ts';
import type { DigestFacts } from '#domain/channels/digest-message.ts';
import { addDays, type Day, type DayRange, daysOf, monthOf, today } from '#domain/day.ts';
import { forecastMonthEnd } from '#domain/forecast/forecast.ts';
import { explainSpend } from '../alerts/explain-spend.ts';

/** What a digest tells of the costs that a channel selects, as it is now. */
export async function readDigest(
  warehouse: Warehouse,
  tenantId: string,
  { filters }: Pick<Channel, 'filters'>,
  { digest, from, to, previous }: DigestPeriod,
): Promise<DigestFacts> {
  const now = today();
  const totals = await readTotals(warehouse, tenantId, filters, { from, to, previous });
  const currency = totals[0]?.currency ?? 'usd';
  const before = `the ${digest === 'weekly' ? 'week' : 'month'} before`;
  const compared = { range: { from, to }, previous, days: daysOf(previous), before };
  const integrations = filters.integration_id;
  const { differing_days } = await reconcile(warehouse, tenantId, { from, to, integrations });
  return {
    totals,
    ...(await explainSpend(warehouse, tenantId, { filters, currency, ...compared })),
    movers: await readTopMovers(warehouse, tenantId, {
      ...{ previous, current: { from, to } },
      filters: { ...filters, currency: [currency] },
    }),
    forecast: await readForecast(warehouse, tenantId, { filters, currency, now }),
    budgets: await readBudgets(warehouse, tenantId, { filters, now, last: addDays(to, -1) }),
    differing_days,
  };
}

/** The costs of each currency that there are or were, highest first. */
async function readTotals(
  warehouse: Warehouse,
  tenantId: string,
  filters: Channel['filters'],
  { previous, ...range }: DayRange & { previous: DayRange },
) {
  const current = await sumByCurrency(warehouse, tenantId, filters, range);
  const before = await sumByCurrency(warehouse, tenantId, filters, previous);
  return [...new Set([...current.keys(), ...before.keys()])].map((currency) => ({
    currency,
    amount: current.get(currency) ?? '0',
    previous_amount: before.get(currency) ?? '0',
  }));
}

/** The costs of a range by currency, highest first. */
async function sumByCurrency(warehouse: Warehouse, tenantId: string, filters: Channel['filters'], range: DayRange) {
  const order = { by: 'amount', descending: true };
  const question = { ...range, granularity: 'total', group_by: ['currency'], filters, order, limit: 10 } as const;
  const { data } = await sumCosts(warehouse, tenantId, { ...question, compare: false });
  return new Map(data.map(({ currency = '', amount }) => [currency, amount]));
}

type Selected = Pick<Channel, 'filters'> & { now: Day };

async function readForecast(
  warehouse: Warehouse,
  tenantId: string,
  { filters, currency, now }: Selected & { currency: string },
) {
  const period = monthOf(now);
  const spend = await readSpend(warehouse, tenantId, { budget: { filters, currency }, period, today: now });
  if (spend.missing_days.length > 0) return null;
  const forecast = forecastMonthEnd({ today: now, monthToDate: spend.amount, days: spend.days });
  return forecast && { ...period, amount: forecast.amount, low: forecast.low, high: forecast.high };
}

/** The budgets of these costs as they stand in the period that the digest's last day is in. */
async function readBudgets(warehouse: Warehouse, tenantId: string, { filters, now, last }: Selected & { last: Day }) {
  const budgets: DigestFacts['budgets'] = [];
  const isOf = (budget: Budget) => concerns({ kind: 'budget', integration_id: null, causes: null, ...budget }, filters);
  for (const budget of (await listBudgets(warehouse, tenantId)).filter(isOf)) {
    const period = periodAround(last, budget.period);
    const spend = await readSpend(warehouse, tenantId, { budget, period, today: now });
    const { state, spent_percent } = evaluateBudget(budget, { today: now, period, spend });
    const { name, amount, currency } = budget;
    budgets.push({ name, state, amount, currency, spent_percent, is_over: period.to <= now, ...period });
  }
  return budgets;
}
