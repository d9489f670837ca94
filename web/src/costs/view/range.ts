import { addDays, isDay } from '#domain/day.ts';
import { daysBetween } from '../../ui/format/day.ts';

/** `30d`, a month as `2026-10`, or `2026-10-03..2026-10-17`, both days in it. */
export type RangeText = string;
/** UTC days [from, to). */
export type Days = { from: string; to: string };
export const presets = [7, 30, 90, 365] as const;
export const defaultRange: RangeText = '30d';

const DAY = String.raw`20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CUSTOM = new RegExp(`^(${DAY})\\.\\.(${DAY})$`);
/** Not in a range, since the day after it is of another century. */
const LAST_DAY = '2099-12-31';
const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** @returns the days that are meant; undefined for text that is no range */
export function daysOfRange(range: RangeText, today: string): Days | undefined {
  const days = presets.find((preset) => range === `${preset}d`);
  if (days) return { from: addDays(today, 1 - days), to: addDays(today, 1) };
  if (MONTH.test(range)) {
    const from = `${range}-01`;
    const next = monthAfter(from);
    const tomorrow = addDays(today, 1);
    return { from, to: from <= today && next > tomorrow ? tomorrow : next };
  }
  const [, from, last] = CUSTOM.exec(range) ?? [];
  if (!from || !last || last < from || !isDay(from) || !isDay(last) || last === LAST_DAY) return undefined;
  return { from, to: addDays(last, 1) };
}

/** Those days of a range that had ended when they were read: none is left of one that is not over, or not read. */
export function endedDays({ from, to }: Days, syncedThrough: string | null): Days {
  const end = syncedThrough === null ? from : addDays(syncedThrough, 1);
  return { from, to: end < from ? from : end < to ? end : to };
}

/**
 * What the days of a range that have ended are compared with: those of a month with the month before it, all else with
 * as many days immediately before; and of what goes on, with as many days from the first on, so that weekdays meet.
 */
export function daysBefore(range: RangeText, { from, to }: Days, ended: Days): Days {
  const isMonth = MONTH.test(range);
  const start = isMonth ? `${addDays(from, -1).slice(0, 7)}-01` : addDays(from, -daysBetween(from, to));
  const isOver = ended.to === (isMonth ? monthAfter(from) : to) || ended.from === ended.to;
  const asMany = addDays(start, daysBetween(ended.from, ended.to));
  return { from: start, to: isOver || asMany > from ? from : asMany };
}

/** Both days are in it. */
export const customRange = (from: string, last: string): RangeText => `${from}..${last}`;

/** This month and those before it, newest first. */
export function monthsUpTo(today: string, count: number): string[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, ago) => new Date(Date.UTC(year, month - ago, 1)).toISOString().slice(0, 7));
}

const monthAfter = (firstDay: string) => `${addDays(firstDay, 31).slice(0, 7)}-01`;
