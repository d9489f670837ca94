import {
  addDays,
  type Day,
  type DayRange,
  earlierDay,
  laterDay,
  lengthOf,
  monthStart,
  weekStart,
} from '#domain/day.ts';

export const granularities = ['day', 'week', 'month'] as const;
export type Granularity = (typeof granularities)[number];

/** A day, an ISO week or a month: its first day, as in the API, and those of its days that are in the range. */
export type Period = DayRange & { start: Day };

/** More bars than these are a saw. */
const MOST_DAYS = 100;
const MOST_DAYS_OF_WEEKS = 366;

/** What a range is divided into unless the reader chooses. */
export function usualGranularity(days: DayRange): Granularity {
  if (lengthOf(days) <= MOST_DAYS) return 'day';
  return lengthOf(days) <= MOST_DAYS_OF_WEEKS ? 'week' : 'month';
}

/** The first day of the period that a day is in. Weeks start on Monday. */
function startOf(day: Day, granularity: Granularity): Day {
  if (granularity === 'month') return monthStart(day);
  return granularity === 'week' ? weekStart(day) : day;
}

/** The first day of the period that follows the one that starts on `start`. */
function nextStart(start: Day, granularity: Granularity): Day {
  return granularity === 'month' ? monthStart(start, 1) : addDays(start, granularity === 'week' ? 7 : 1);
}

/** The periods of a range, in order. The first and the last may have fewer days than others. */
export function periodsOf({ from, to }: DayRange, granularity: Granularity): Period[] {
  const periods: Period[] = [];
  for (let start = startOf(from, granularity); start < to; start = nextStart(start, granularity)) {
    periods.push({ start, from: laterDay(start, from), to: earlierDay(nextStart(start, granularity), to) });
  }
  return periods;
}

/** Whether all days of a period are in the range. */
export const isWhole = ({ start, from, to }: Period, granularity: Granularity): boolean =>
  start === from && to === nextStart(start, granularity);

/** Whether all days of a period were complete when they were read. */
export const hasEnded = ({ to }: Period, syncedThrough: string | null): boolean =>
  syncedThrough !== null && to <= addDays(syncedThrough, 1);

/** How many of some days are in a period. */
export const countIn = (days: readonly Day[], { from, to }: DayRange): number =>
  days.filter((day) => day >= from && day < to).length;
