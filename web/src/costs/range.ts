import { addDays } from '../format/day.ts';

/** `30d`, a month as `2026-10`, or `2026-10-03..2026-10-17`, both days in it. */
export type RangeText = string;
export const presets = [7, 30, 90, 365] as const;
export const defaultRange: RangeText = '30d';

const DAY = String.raw`20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CUSTOM = new RegExp(`^(${DAY})\\.\\.(${DAY})$`);
const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** @returns the UTC days [from, to) that are meant; undefined for text that is no range */
export function daysOfRange(range: RangeText, today: string): { from: string; to: string } | undefined {
  const days = presets.find((preset) => range === `${preset}d`);
  if (days) return { from: addDays(today, 1 - days), to: addDays(today, 1) };
  if (MONTH.test(range)) {
    const from = `${range}-01`;
    const next = `${addDays(from, 31).slice(0, 7)}-01`;
    const tomorrow = addDays(today, 1);
    return { from, to: from <= today && next > tomorrow ? tomorrow : next };
  }
  const [, from, last] = CUSTOM.exec(range) ?? [];
  if (!from || !last || last < from) return undefined;
  return { from, to: addDays(last, 1) };
}

/** Both days are in it. */
export const customRange = (from: string, last: string): RangeText => `${from}..${last}`;

/** This month and those before it, newest first. */
export function monthsUpTo(today: string, count: number): string[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, ago) => new Date(Date.UTC(year, month - ago, 1)).toISOString().slice(0, 7));
}
