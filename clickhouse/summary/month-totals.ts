import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Filters } from '../aggregates/select-facts.ts';
import { sql } from '../client/sql.ts';
import { factsOfAll, recurringSteps } from './recurring-costs.ts';

const names = ['this_month', 'last_month', 'month_to_date', 'last_month_to_date'] as const;

/** The ranges that the summary compares, half-open UTC days. */
export type Months = Record<(typeof names)[number], DayRange>;

/** The costs of a day, exact decimal text. */
export const monthDay = z.object({ day: z.iso.date(), amount: z.string() }).meta({ id: 'CostsOfDay' });

/** The columns of the step `months`. */
export const monthTotals = z.object({
  this_month: z.string(),
  last_month: z.string(),
  month_to_date: z.string(),
  last_month_to_date: z.string(),
  change: z.string(),
  currencies: z.array(z.string()),
  days: z.array(z.object({ day: z.string(), spent: z.string(), recurring: z.string() })),
});

/**
 * SQL steps whose last one, `months`, has one row: the costs of each range, by how much month_to_date differs from
 * last_month_to_date, and each day of the past year that has any costs, in order, with what recurs of them. The
 * currencies are those of connected integrations, and of all since `earliest`. The statement needs WITH_NAMES.
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
  months: sql`
    SELECT
      ${names.map((name) => `sumIf(spent, day >= {${name}_from: Date} AND day < {${name}_to: Date}) AS ${name}`).join(',\n')},
      month_to_date - last_month_to_date AS change,
      groupUniqArrayArray(day_currencies) AS currencies,
      arraySort(groupArray(tuple(day, spent, recurring))) AS days
    FROM costs_of_days`,
});

export const monthParameters = (months: Months) => ({
  ...Object.fromEntries(names.map((name) => [`${name}_from`, months[name].from])),
  ...Object.fromEntries(names.map((name) => [`${name}_to`, months[name].to])),
});
