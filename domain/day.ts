/** A UTC day, 'YYYY-MM-DD': days sort and compare as text. */
export type Day = string;

/** Half-open UTC days: `from` is in it, `to` is the day after the last one. */
export type DayRange = { from: Day; to: Day };

export const DAY_MS = 86_400_000;

/** Whether the text is a day of the calendar. */
export function isDay(text: string): boolean {
  const start = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Some engines roll 2025-02-30 over to March; only a day that prints as itself exists.
  return !Number.isNaN(start) && dayAt(start) === text;
}

/** Unix milliseconds of a day's midnight. Throws RangeError where the text is not a day of the calendar. */
export function startOfDay(day: Day): number {
  if (!isDay(day)) throw new RangeError('A day must be written YYYY-MM-DD');
  return Date.parse(day);
}

/** The day that holds a moment, given in unix milliseconds. */
export function dayAt(unixMs: number): Day {
  return new Date(unixMs).toISOString().slice(0, 10);
}

export const today = (): Day => dayAt(Date.now());

export function addDays(day: Day, count: number): Day {
  return dayAt(startOfDay(day) + count * DAY_MS);
}

export const earlierDay = (a: Day, b: Day): Day => (a < b ? a : b);
export const laterDay = (a: Day, b: Day): Day => (a > b ? a : b);

/** How many days a range has; negative where it is upside down. */
export function lengthOf({ from, to }: DayRange): number {
  return (startOfDay(to) - startOfDay(from)) / DAY_MS;
}

/** Every day of a range, in order. */
export function daysOf({ from, to }: DayRange): Day[] {
  return Array.from({ length: Math.max(0, lengthOf({ from, to })) }, (_, index) => addDays(from, index));
}

/** The same number of days, immediately before. */
export function previousRange(range: DayRange): DayRange {
  return { from: addDays(range.from, -lengthOf(range)), to: range.from };
}

/** The first day of a day's month, or of the month so many months later. */
export function monthStart(day: Day, months = 0): Day {
  const date = new Date(startOfDay(day));
  return dayAt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months));
}
