import { addDays, type DayRange } from '#domain/day.ts';

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', ...options });

/** Oct 3, 2026 */
export const longDay = (day: string) => inUtc({ dateStyle: 'medium' }).format(new Date(day));
/** Oct */
export const shortMonth = (day: string) => inUtc({ month: 'short' }).format(new Date(day));
/** Oct 2026 */
export const shortMonthOfYear = (day: string) => inUtc({ month: 'short', year: 'numeric' }).format(new Date(day));
/** October */
export const monthOnly = (day: string) => inUtc({ month: 'long' }).format(new Date(day));
/** Tue, Oct 3 */
export const weekday = (day: string) =>
  inUtc({ weekday: 'short', month: 'short', day: 'numeric' }).format(new Date(day));
/** Tuesdays */
export const weekdayName = (day: string) =>
  `${new Intl.DateTimeFormat('en', { timeZone: 'UTC', weekday: 'long' }).format(new Date(day))}s`;
/** Oct 3 */
export const shortDay = (day: string) => inUtc({ day: 'numeric', month: 'short' }).format(new Date(day));
/** Oct 3 – 7, without the year */
export const shortRange = ({ from, to }: DayRange) =>
  inUtc({ day: 'numeric', month: 'short' }).formatRange(new Date(from), new Date(addDays(to, -1)));

/** Oct 3 – 7, 2026, or October 2026 for a whole month */
export function longRange({ from, to }: DayRange): string {
  const last = addDays(to, -1);
  const isMonth = from.endsWith('-01') && to.endsWith('-01') && from.slice(0, 7) === last.slice(0, 7);
  return isMonth ? monthName(from) : inUtc({ dateStyle: 'medium' }).formatRange(new Date(from), new Date(last));
}

/** A range beside the one that it is compared with: its year is said only where it is another one. */
export const comparedRange = (range: DayRange, than: DayRange) =>
  range.from.slice(0, 4) === than.from.slice(0, 4) ? shortRange(range) : longRange(range);

/** October 2026, for 2026-10 or any day of it */
export const monthName = (day: string) => inUtc({ month: 'long', year: 'numeric' }).format(new Date(day));

/** A time, in the reader's own time zone, which it names: days are UTC days. */
export const localTime = (time: string) =>
  new Intl.DateTimeFormat(undefined, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(time));
