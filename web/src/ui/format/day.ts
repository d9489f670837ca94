import { addDays } from '#domain/day.ts';

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', ...options });

export const longDay = (day: string) => inUtc({ dateStyle: 'medium' }).format(new Date(day));
export const shortMonth = (day: string) => inUtc({ month: 'short' }).format(new Date(day));
export const shortDay = (day: string) => inUtc({ day: 'numeric', month: 'short' }).format(new Date(day));
/** Two days and those between, where the year goes without saying. */
export const shortDays = (first: string, last: string) =>
  inUtc({ day: 'numeric', month: 'short' }).formatRange(new Date(first), new Date(last));
/** The days of [from, to): a whole month by its name. */
export function daysInWords(from: string, to: string): string {
  const last = addDays(to, -1);
  const isMonth = from.endsWith('-01') && to.endsWith('-01') && from.slice(0, 7) === last.slice(0, 7);
  return isMonth
    ? monthName(from.slice(0, 7))
    : inUtc({ dateStyle: 'medium' }).formatRange(new Date(from), new Date(last));
}
export const monthName = (month: string) => inUtc({ month: 'long', year: 'numeric' }).format(new Date(`${month}-01`));
/** A moment, in the reader's own time zone. */
export const moment = (time: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
