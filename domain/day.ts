/** A UTC day, 'YYYY-MM-DD': days sort and compare as text. */
export type Day = string;

/** A half-open range of UTC days: `from` is its first day, `to` the day after its last. */
export type DayRange = { from: Day; to: Day };

export const DAY_MS = 86_400_000;

/** Whether the text is a day of the calendar: '2026-02-30' is not. */
export function isDay(text: string): boolean {
  const start = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Some engines turn 2025-02-30 into a day of March, which has another text.
  return !Number.isNaN(start) && dayAt(start) === text;
}

/** A day's first moment in unix milliseconds. Throws RangeError where the text is not a day of the calendar. */
export function startOfDay(day: Day): number {
  if (!isDay(day)) throw new RangeError('A day must be written YYYY-MM-DD');
  return Date.parse(day);
}

/** Texts of days by their number since 1970: to write one took a twentieth of the CPU of a small organization's year. */
const written = new Map<number, Day>();
const MAX_WRITTEN = 10_000;

/** The day that holds a moment, given in unix milliseconds. */
export function dayAt(unixMs: number): Day {
  const number = Math.floor(unixMs / DAY_MS);
  const known = written.get(number);
  if (known !== undefined) return known;
  const day = new Date(unixMs).toISOString().slice(0, 10);
  if (written.size >= MAX_WRITTEN) written.clear();
  written.set(number, day);
  return day;
}

export const today = (): Day => dayAt(Date.now());

export function addDays(day: Day, count: number): Day {
  return dayAt(startOfDay(day) + count * DAY_MS);
}

export const earlierDay = (a: Day, b: Day): Day => (a < b ? a : b);
export const laterDay = (a: Day, b: Day): Day => (a > b ? a : b);

/** The number of days in a range; negative where `to` is before `from`. */
export function lengthOf({ from, to }: DayRange): number {
  return (startOfDay(to) - startOfDay(from)) / DAY_MS;
}

/** Every day of a range, in order; none where `to` is before `from`. */
export function daysOf({ from, to }: DayRange): Day[] {
  const start = startOfDay(from);
  return Array.from({ length: Math.max(0, lengthOf({ from, to })) }, (_, index) => dayAt(start + index * DAY_MS));
}

/** The range of the same length that ends where this one starts. */
export function previousRange(range: DayRange): DayRange {
  return { from: addDays(range.from, -lengthOf(range)), to: range.from };
}

/** Days since 1970, which tell weekdays apart by their remainder of 7. */
export const dayNumber = (day: Day): number => startOfDay(day) / DAY_MS;

/** The Monday of the ISO week that a day is in. */
export const weekStart = (day: Day): Day => addDays(day, -((dayNumber(day) + 3) % 7));

export const isMonday = (day: Day): boolean => weekStart(day) === day;

/** The month that a day is in. */
export const monthOf = (day: Day): DayRange => ({ from: monthStart(day), to: monthStart(day, 1) });

/** The first day of a day's month, or of the month that is `months` later. */
export function monthStart(day: Day, months = 0): Day {
  const date = new Date(startOfDay(day));
  return dayAt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months));
}
