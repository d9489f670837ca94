import { addDays, type DayRange, isDay, lengthOf, monthStart } from '#domain/day.ts';

/** `30d`, a month as `2026-10`, or `2026-10-03..2026-10-17`, both days in it. */
export type RangeText = string;
export const presets = [7, 30, 90, 365] as const;
export const defaultRange: RangeText = '30d';

const DAY = String.raw`20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CUSTOM = new RegExp(`^(${DAY})\\.\\.(${DAY})$`);
/** Not in a range, since the day after it is of another century. */
const LAST_DAY = '2099-12-31';
const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** @returns the days that are meant; undefined for text that is no range */
export function daysOfRange(range: RangeText, today: string): DayRange | undefined {
  const days = presets.find((preset) => range === `${preset}d`);
  if (days) return { from: addDays(today, 1 - days), to: addDays(today, 1) };
  if (MONTH.test(range)) {
    const from = `${range}-01`;
    const next = monthStart(from, 1);
    const tomorrow = addDays(today, 1);
    return { from, to: from <= today && next > tomorrow ? tomorrow : next };
  }
  const [, from, last] = CUSTOM.exec(range) ?? [];
  if (!from || !last || last < from || !isDay(from) || !isDay(last) || last === LAST_DAY) return undefined;
  return { from, to: addDays(last, 1) };
}

/** Those days of a range that had ended when they were read: none is left of one that is not over, or not read. */
export function endedDays({ from, to }: DayRange, syncedThrough: string | null): DayRange {
  const end = syncedThrough === null ? from : addDays(syncedThrough, 1);
  return { from, to: end < from ? from : end < to ? end : to };
}

/**
 * What the days of a range that have ended are compared with: those of a month with the month before it, all else with
 * as many days immediately before; and of what goes on, with as many days from the first on, so that weekdays meet.
 */
export function daysBefore(range: RangeText, { from, to }: DayRange, ended: DayRange): DayRange {
  const isMonth = MONTH.test(range);
  const start = isMonth ? monthStart(from, -1) : addDays(from, -lengthOf({ from, to }));
  const isOver = ended.to === (isMonth ? monthStart(from, 1) : to) || ended.from === ended.to;
  const asMany = addDays(start, lengthOf(ended));
  return { from: start, to: isOver || asMany > from ? from : asMany };
}

/** Both days are in it. */
export const customRange = (from: string, last: string): RangeText => `${from}..${last}`;

/** This month and those before it, newest first. */
export const monthsUpTo = (today: string, count: number): string[] =>
  Array.from({ length: count }, (_, ago) => monthStart(today, -ago).slice(0, 7));
