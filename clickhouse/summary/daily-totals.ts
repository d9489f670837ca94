import { z } from 'zod';
import { addDays, type Day } from '#domain/day.ts';
import type { DailyTotal } from '#domain/forecast/outlook.ts';
import { type Filters, factParameters } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { type ExpectedDay, expectedDays, openCoverage } from '../coverage/expected-days.ts';
import { freshnessSteps, WITH_NAMES } from '../coverage/freshness-steps.ts';
import { connectedFacts, recurringSteps } from './recurring-costs.ts';

/** A forecast is made of the past year. */
export const DAYS = 366;

const row = openCoverage.extend({ costs: z.array(z.object({ day: z.string(), recurring: z.string() })) });

/** The daily totals of the year before `to`, by themselves. */
export async function readDailyTotals(
  warehouse: Warehouse,
  tenantId: string,
  { to, filters }: { to: Day; filters: Filters },
): Promise<DailyTotal[]> {
  const range = { from: addDays(to, -DAYS), to };
  const [found] = await warehouse.query({
    name: 'daily totals',
    sql: dailyTotalsSql(filters),
    params: factParameters(tenantId, range, filters),
    row,
  });
  if (!found) throw new Error('ClickHouse returned no row for the daily totals. An aggregate without groups has one.');
  return toDailyTotals(expectedDays(found, range), found.costs);
}

/** The recurring costs of each expected day: without negative ones, and without charges that are one-off. */
export function toDailyTotals(
  days: readonly ExpectedDay[],
  costs: readonly { day: Day; recurring: string }[],
): DailyTotal[] {
  const amounts = new Map(costs.map(({ day, recurring }) => [day, recurring]));
  return days.map((each) => ({ ...each, amount: amounts.get(each.day) ?? '0' }));
}

const dailyTotalsSql = (filters: Filters) =>
  withSteps(
    {
      ...yearOfReads(filters),
      facts: connectedFacts(filters, []),
      ...recurringSteps('facts'),
      costs: sql`
        SELECT groupArray(tuple(day, recurring)) AS costs
        FROM costs_of_days`,
    },
    sql`
      SELECT due, reads, costs
      FROM due
      CROSS JOIN reads
      CROSS JOIN costs
      ${WITH_NAMES}`,
  );

/** SQL steps `due` and `reads` of the year that a forecast is made of. */
export const yearOfReads = (filters: Filters) =>
  freshnessSteps({
    table: 'cost_days',
    hasIntegrations: filters.integration_id !== undefined,
    hasDatasets: false,
    compare: false,
    hasOpenDays: true,
  });
