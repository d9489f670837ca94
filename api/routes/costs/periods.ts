import type { z } from 'zod';
import { type DayRange, lengthOf } from '#domain/day.ts';
import { checkDayRange, MAX_DAYS, period, repeatable } from '../parameters.ts';

const MAX_PERIODS = 12;

/** Ranges that are summed each by itself, such as one and what it is compared with. */
export const periodParameter = repeatable(period, MAX_PERIODS).meta({
  description:
    'In place of granularity: a period of the response, as FROM/TO, half-open like the range. Repeat it for more, ' +
    `up to ${MAX_PERIODS}, in any order, which must not overlap. The days of no period are left out`,
});

/** The periods of a question, in order; undefined without any. */
export function periodsOf({ period }: { period?: string[] | undefined }): DayRange[] | undefined {
  if (!period?.length) return undefined;
  return period
    .map((each) => {
      const [from = '', to = ''] = each.split('/');
      return { from, to };
    })
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

type Question = {
  from: string;
  to: string;
  granularity: string;
  compare?: string | undefined;
  period?: string[] | undefined;
};

/** Adds to a schema that its range and its periods fit. Two ranges of the longest length have room beside each other. */
export function checkPeriods<T extends z.ZodType<Question>>(question: T) {
  const all = (given: Question) => periodsOf(given) ?? [];
  const path = ['period'];
  return checkDayRange(question, (given) => lengthOf(given) / (periodsOf(given) ? 2 : 1))
    .refine((given) => all(given).every(({ from, to }) => from < to), { path, message: 'must end after its first day' })
    .refine((given) => all(given).every((each) => lengthOf(each) <= MAX_DAYS), {
      path,
      message: `must have at most ${MAX_DAYS} days`,
    })
    .refine((given) => all(given).every(({ from, to }) => from >= given.from && to <= given.to), {
      path,
      message: 'must be within from and to',
    })
    .refine((given) => all(given).every(({ from }, index, periods) => from >= (periods[index - 1]?.to ?? '')), {
      path,
      message: 'must not overlap another one',
    })
    .refine((given) => !periodsOf(given) || (given.granularity === 'total' && !given.compare), {
      path,
      message: 'must come without granularity and compare',
    });
}
