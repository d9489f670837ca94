import {
  addDays,
  type Day,
  type DayRange,
  dayAt,
  earlierDay,
  isDay,
  laterDay,
  lengthOf,
  monthStart,
} from '#domain/day.ts';

/** `30d`, a month as `2026-10`, or `2026-10-03..2026-10-17` with both days included. */
export type RangeText = string;
export const presets = [7, 30, 90, 365] as const;
/** Last month, whichever that is when it is looked at: in saved views, never in an address of ours. */
export const LAST_MONTH = 'last-month';
/** The current month. */
export const defaultRange = (today: string): RangeText => today.slice(0, 7);
export const lastMonthOf = (today: string): RangeText => monthStart(today, -1).slice(0, 7);

const DAY = String.raw`20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CUSTOM = new RegExp(`^(${DAY})\\.\\.(${DAY})$`);
/** Never in a range: the half-open end would be a day that DAY does not match. */
const LAST_DAY = '2099-12-31';
const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** The days of a range; undefined if the text is not a range. */
export function daysOfRange(range: RangeText, today: string): DayRange | undefined {
  const days = presets.find((preset) => range === `${preset}d`);
  if (days) return { from: addDays(today, 1 - days), to: addDays(today, 1) };
  if (MONTH.test(range)) {
    const from = `${range}-01`;
    const next = monthStart(from, 1);
    return { from, to: from <= today ? earlierDay(next, addDays(today, 1)) : next };
  }
  const [, from, last] = CUSTOM.exec(range) ?? [];
  if (!from || !last || last < from || !isDay(from) || !isDay(last) || last === LAST_DAY) return undefined;
  return { from, to: addDays(last, 1) };
}

/** The days of the current month that are not in its range yet; none of any other range. */
export function daysToCome(range: RangeText, { from, to }: DayRange): DayRange {
  return { from: to, to: MONTH.test(range) ? laterDay(to, monthStart(from, 1)) : to };
}

/** The days of a range up to the last one that was complete when it was read. Empty if there is none. */
export function endedDays({ from, to }: DayRange, syncedThrough: string | null): DayRange {
  const end = syncedThrough === null ? from : addDays(syncedThrough, 1);
  return { from, to: laterDay(from, earlierDay(end, to)) };
}

/** What a range is compared with. */
export type Comparison = 'period' | 'year';

/**
 * The comparison period. A month: the month before. Otherwise: the same number of days before. Or the same days a year
 * before. If the range is still running: only as many days of that as have ended.
 */
export function comparisonRange(
  range: RangeText,
  { from, to }: DayRange,
  ended: DayRange,
  comparison: Comparison = 'period',
): DayRange {
  const isMonth = MONTH.test(range);
  const end = isMonth ? monthStart(from, 1) : to;
  const hasEnded = ended.to === end || ended.from === ended.to;
  if (comparison === 'year') return { from: yearsFrom(from, -1), to: yearsFrom(hasEnded ? end : ended.to, -1) };
  const start = isMonth ? monthStart(from, -1) : addDays(from, -lengthOf({ from, to }));
  const sameLength = addDays(start, lengthOf(ended));
  return { from: start, to: hasEnded ? from : earlierDay(sameLength, from) };
}

/** The same day of another year; March 1 for a February 29 that the year lacks. */
export function yearsFrom(day: Day, years: number): Day {
  const date = new Date(day);
  return dayAt(date.setUTCFullYear(date.getUTCFullYear() + years));
}

/** A range with both days included. */
export const customRange = (from: string, last: string): RangeText => `${from}..${last}`;

/** The current month and the ones before it, newest first. */
export const monthsUpTo = (today: string, count: number): string[] =>
  Array.from({ length: count }, (_, ago) => monthStart(today, -ago).slice(0, 7));
