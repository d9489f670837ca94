import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Decimal } from '#domain/decimal.ts';
import type { Filters } from '../aggregates/select-facts.ts';
import { sql } from '../client/sql.ts';
import { factsOfAll, recurringSteps } from './recurring-costs.ts';

/** The ranges that the summary compares, half-open UTC days. Each begins with a month. */
export type Months = Record<'this_month' | 'last_month' | 'month_to_date' | 'last_month_to_date', DayRange>;

/** The costs of a day, exact decimal text. */
export const monthDay = z.object({ day: z.iso.date(), amount: z.string() }).meta({ id: 'CostsOfDay' });

/** The columns of the step `months`. */
export const monthTotals = z.object({
  currencies: z.array(z.string()),
  days: z.array(z.object({ day: z.string(), spent: z.string(), recurring: z.string(), month_spent: z.string() })),
});

/**
 * SQL steps whose last one, `months`, has one row: each day of the past year that has any costs, in order, with what recurs
 * of them, and what its month has cost with it. The currencies are those of connected integrations, and of all since
 * `earliest`. The statement needs WITH_NAMES.
 */
export const monthSteps = (filters: Filters) => ({
  facts: factsOfAll(filters),
  ...recurringSteps('facts', {
    isCounted: 'is_connected',
    columns: {
      spent: { sql: 'sum(amount)', add: 'sum' },
      day_currencies: {
        sql: 'groupUniqArrayIf(currency, is_connected OR day >= {earliest: Date})',
        add: 'groupUniqArrayArray',
      },
    },
  }),
  days_of_months: sql`
    SELECT *, sum(spent) OVER (PARTITION BY toStartOfMonth(day) ORDER BY day) AS month_spent
    FROM costs_of_days`,
  months: sql`
    SELECT
      groupUniqArrayArray(day_currencies) AS currencies,
      arraySort(groupArray(tuple(day, spent, recurring, month_spent))) AS days
    FROM days_of_months`,
});

/** What a range costs that begins with a month. */
export const spentIn = ({ days }: z.infer<typeof monthTotals>, { from, to }: DayRange): Decimal =>
  days.findLast(({ day }) => day >= from && day < to)?.month_spent ?? '0';
