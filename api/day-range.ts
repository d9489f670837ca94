import { z } from 'zod';

const DAY_MS = 86_400_000;
const MAX_DAYS = 3 * 366;
export const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
export const day = z.iso.date({ error: 'must be a UTC day, YYYY-MM-DD', abort: true });

/** Parameters of a question about half-open UTC days, [from, to): the last year by default. */
export const dayRange = { from: day.default(() => dayFromNow(-364)), to: day.default(() => dayFromNow(1)) };

/** Adds to the schema of a question that its range is one, and not too long. */
export function checkDayRange<T extends z.ZodType<{ from: string; to: string }>>(question: T) {
  return question
    .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from: the range is half-open' })
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_DAYS * DAY_MS, {
      path: ['from'],
      message: `must be within ${MAX_DAYS} days of to`,
    });
}
