import { z } from 'zod';
import { addDays, type Day } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { endOfDay } from '../coverage/day-sql.ts';
import { billedOften } from './billed-often.ts';

const row = z.object({ day: z.string(), amount: z.string(), complete: z.boolean(), currencies: z.array(z.string()) });
export type DailyTotal = z.infer<typeof row>;

/** A forecast is made of the past year. */
export const DAYS = 366;

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
const IS_RECURRING = `unmeasured_item = '' OR (${billedOften({ days: 'days_billed', first: 'first_billed', last: 'last_billed' })})`;

function dailyTotalsSql(filters: Filters): string {
  const steps = {
    ...readDays(filters, []),
    facts: selectConnected(filters, []),
    ...recurringSteps('facts', []),
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

/** Steps whose last one, `days`, has each day that connected integrations should have, and whether all have read it. */
export function readDays(filters: Filters, by: readonly 'integration_id'[]) {
  return {
    connected: sql`
      SELECT integration_id, greatest(history_from, {from: Date}) AS first_day
      FROM integration_records FINAL
      WHERE tenant_id = {tenant_id: String} AND status != 'disconnected'
        ${filters.integration_id ? 'AND integration_id IN {only_integration_id: Array(String)}' : ''}`,
    due: sql`
      SELECT integration_id, first_day + arrayJoin(range(toUInt64(greatest(0, dateDiff('day', first_day, {to: Date}))))) AS day
      FROM connected`,
    read: sql`
      SELECT integration_id, day, toBool(version >= ${endOfDay('day')}) AS complete
      FROM day_reads FINAL
      WHERE tenant_id = {tenant_id: String} AND dataset = 'costs'`,
    days: sql`
      SELECT ${[...by, 'day'].join(', ')}, min(read.complete) AS complete
      FROM due
      LEFT JOIN read USING (integration_id, day)
      GROUP BY ${[...by, 'day'].join(', ')}`,
  };
}

/** SQL of the facts that recurring costs are made of, with further columns. */
export const selectConnected = (filters: Filters, columns: readonly string[]): string =>
  selectFacts(costFacts, ['amount', 'currency', 'line_item', 'quantity', ...columns], filters, {
    conditions: ['integration_id IN (SELECT integration_id FROM connected)'],
  });

/** Steps whose last one, `costs_of_days`, has the recurring costs of each day, for each value of the columns `by`. */
export function recurringSteps(facts: string, by: readonly string[]) {
  const each = by.map((column) => `${column}, `).join('');
  return {
    charges: sql`
      SELECT
        ${each}day,
        if(quantity IS NULL, line_item, '') AS unmeasured_item,
        sumIf(amount, amount > 0) AS charged,
        groupUniqArray(currency) AS currencies
      FROM ${facts}
      GROUP BY ${each}day, unmeasured_item`,
    charges_in_time: sql`
      SELECT
        *,
        countIf(charged > 0) OVER (PARTITION BY ${each}unmeasured_item) AS days_billed,
        minIf(day, charged > 0) OVER (PARTITION BY ${each}unmeasured_item) AS first_billed,
        maxIf(day, charged > 0) OVER (PARTITION BY ${each}unmeasured_item) AS last_billed
      FROM charges`,
    costs_of_days: sql`
      SELECT ${each}day, sumIf(charged, ${IS_RECURRING}) AS amount, groupUniqArrayArray(currencies) AS currencies
      FROM charges_in_time
      GROUP BY ${each}day`,
  };
}
