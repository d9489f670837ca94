import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';

const names = ['this_month', 'last_month', 'month_to_date', 'last_month_to_date'] as const;

/** The ranges that the summary compares, half-open UTC days. */
export type Months = Record<(typeof names)[number], DayRange>;

/** The costs of a day, exact decimal text. */
export const monthDay = z.object({ day: z.iso.date(), amount: z.string() }).meta({ id: 'CostsOfDay' });

const row = z.object({
  this_month: z.string(),
  last_month: z.string(),
  month_to_date: z.string(),
  last_month_to_date: z.string(),
  change: z.string(),
  currencies: z.array(z.string()),
  days: z.array(monthDay),
});
export type MonthTotals = z.infer<typeof row>;

/**
 * The costs of each range, and by how much month_to_date differs from last_month_to_date; exact decimal text. `days`: the
 * costs of each day of both months that has any, in order.
 * @param earliest the first day that is read: none of the ranges begins before it. `currencies` are those of all costs
 *   from this day on
 */
export async function readMonthTotals(
  warehouse: Warehouse,
  tenantId: string,
  { months, earliest, filters }: { months: Months; earliest: string; filters: Filters },
): Promise<MonthTotals> {
  const [totals] = await warehouse.query({
    name: 'month totals',
    sql: monthTotalsSql(filters),
    params: {
      ...factParameters(tenantId, { from: earliest, to: months.this_month.to }, filters),
      ...Object.fromEntries(names.map((name) => [`${name}_from`, months[name].from])),
      ...Object.fromEntries(names.map((name) => [`${name}_to`, months[name].to])),
    },
    row,
  });
  if (!totals) throw new Error('ClickHouse returned no row for the month totals. An aggregate without groups has one.');
  return totals;
}

function monthTotalsSql(filters: Filters): string {
  const sums = names.map(
    (name) => `sumIf(day_amount, day >= {${name}_from: Date} AND day < {${name}_to: Date}) AS ${name}`,
  );
  return withSteps(
    {
      facts: selectFacts(costFacts, ['amount', 'currency'], filters),
      costs_of_days: sql`
        SELECT day, sum(amount) AS day_amount, groupUniqArray(currency) AS day_currencies
        FROM facts
        GROUP BY day`,
    },
    sql`
      SELECT
        ${sums.join(',\n')},
        month_to_date - last_month_to_date AS change,
        groupUniqArrayArray(day_currencies) AS currencies,
        arraySort(groupArrayIf(tuple(day, day_amount AS amount), day >= {last_month_from: Date})) AS days
      FROM costs_of_days
      SETTINGS enable_named_columns_in_function_tuple = 1`,
  );
}
