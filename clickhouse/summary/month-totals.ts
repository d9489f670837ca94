import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, filteredFacts } from '../aggregates/filtered-facts.ts';
import type { Warehouse } from '../client/client.ts';

/** What a dashboard's head compares; half-open UTC days, all of them from `earliest` on. */
export type Months = Record<'this_month' | 'last_month' | 'month_to_date' | 'last_month_to_date', DayRange>;

const row = z.object({
  this_month: z.string(),
  last_month: z.string(),
  month_to_date: z.string(),
  last_month_to_date: z.string(),
  change: z.string(),
  currencies: z.array(z.string()),
});
export type MonthTotals = z.infer<typeof row>;

const names = ['this_month', 'last_month', 'month_to_date', 'last_month_to_date'] as const;

/**
 * What each of the ranges cost, and by how much month_to_date differs from last_month_to_date; exact. `currencies` are those of all facts from `earliest` on.
 */
export async function readMonthTotals(
  warehouse: Warehouse,
  tenantId: string,
  { months, earliest, filters }: { months: Months; earliest: string; filters: Filters },
): Promise<MonthTotals> {
  const range = { from: earliest, to: months.this_month.to };
  const sums = names.map(
    (name) => `sumIf(amount, day >= {${name}_from: Date} AND day < {${name}_to: Date}) AS ${name}`,
  );
  const [totals] = await warehouse.query({
    name: 'month totals',
    sql: `SELECT ${sums.join(',\n')},
            month_to_date - last_month_to_date AS change,
            groupUniqArray(currency) AS currencies
          FROM ${filteredFacts(costFacts, ['amount', 'currency'], filters)}`,
    params: {
      ...factParameters(tenantId, range, filters),
      ...Object.fromEntries(
        names.flatMap((name) => [
          [`${name}_from`, months[name].from],
          [`${name}_to`, months[name].to],
        ]),
      ),
    },
    row,
  });
  if (!totals) throw new Error('An aggregate without groups has one row.');
  return totals;
}
