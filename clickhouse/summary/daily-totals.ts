import { z } from 'zod';
import { addDays, type Day } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';

const row = z.object({ day: z.string(), amount: z.string(), complete: z.boolean(), currencies: z.array(z.string()) });
export type DailyTotal = z.infer<typeof row>;

/** A forecast is made of the past year. */
const DAYS = 366;

/**
 * The recurring costs of each day of the year before `to` that a connected integration should have, in order: without
 * negative ones, and without charges that are one-off (see IS_RECURRING). `complete`: every one of these integrations has
 * read the day after it ended. Disconnected integrations are left out, since they get no new days.
 */
export function readDailyTotals(
  warehouse: Warehouse,
  tenantId: string,
  { to, filters }: { to: Day; filters: Filters },
): Promise<DailyTotal[]> {
  return warehouse.query({
    name: 'daily totals',
    sql: dailyTotalsSql(filters),
    params: factParameters(tenantId, { from: addDays(to, -DAYS), to }, filters),
    row,
  });
}

/** Whether a charge without a quantity is more than a one-off: its line item is billed on most days of its time. */
const IS_RECURRING = `unmeasured_item = '' OR (days_billed >= 3 AND days_billed * 2 > dateDiff('day', first_billed, last_billed) + 1)`;

function dailyTotalsSql(filters: Filters): string {
  const isConnected = 'integration_id IN (SELECT integration_id FROM connected)';
  const steps = {
    connected: sql`
      SELECT integration_id, greatest(history_from, {from: Date}) AS first_day
      FROM integration_records FINAL
      WHERE tenant_id = {tenant_id: String} AND status != 'disconnected'
        ${filters.integration_id ? 'AND integration_id IN {only_integration_id: Array(String)}' : ''}`,
    due: sql`
      SELECT integration_id, first_day + arrayJoin(range(toUInt64(greatest(0, dateDiff('day', first_day, {to: Date}))))) AS day
      FROM connected`,
    read: sql`
      SELECT integration_id, day, complete
      FROM coverage
      WHERE tenant_id = {tenant_id: String} AND dataset = 'costs'`,
    days: sql`
      SELECT day, min(read.complete) AS complete
      FROM due
      LEFT JOIN read USING (integration_id, day)
      GROUP BY day`,
    facts: selectFacts(costFacts, ['amount', 'currency', 'line_item', 'quantity'], filters, {
      conditions: [isConnected],
    }),
    charges: sql`
      SELECT
        day,
        if(quantity IS NULL, line_item, '') AS unmeasured_item,
        sumIf(amount, amount > 0) AS charged,
        groupUniqArray(currency) AS currencies
      FROM facts
      GROUP BY day, unmeasured_item`,
    charges_in_time: sql`
      SELECT
        *,
        countIf(charged > 0) OVER (PARTITION BY unmeasured_item) AS days_billed,
        minIf(day, charged > 0) OVER (PARTITION BY unmeasured_item) AS first_billed,
        maxIf(day, charged > 0) OVER (PARTITION BY unmeasured_item) AS last_billed
      FROM charges`,
    costs_of_days: sql`
      SELECT day, sumIf(charged, ${IS_RECURRING}) AS amount, groupUniqArrayArray(currencies) AS currencies
      FROM charges_in_time
      GROUP BY day`,
  };
  return withSteps(
    steps,
    sql`
      SELECT day, amount, toBool(complete) AS complete, currencies
      FROM days
      LEFT JOIN costs_of_days USING (day)
      ORDER BY day`,
  );
}
