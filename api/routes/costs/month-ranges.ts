import type { DayRange } from '#clickhouse/aggregates/filtered-facts.ts';
import type { Months } from '#clickhouse/summary/month-totals.ts';

const DAY_MS = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * This month and last month around a UTC day. Today goes on, so what is compared are the days of this month that were
 * read after they had ended, and as many days of last month.
 * @param syncedThrough the newest day that was; null where none was
 */
export function monthRanges(today: string, syncedThrough: string | null): Months {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const [lastFrom, from] = [dayOf(Date.UTC(year, month - 2)), dayOf(Date.UTC(year, month - 1))];
  const next = syncedThrough ? dayOf(Date.parse(syncedThrough) + DAY_MS) : from;
  const to = [from, next < today ? next : today].sort().at(-1) ?? from;
  const lastTo = dayOf(Date.parse(lastFrom) + Date.parse(to) - Date.parse(from));
  return {
    this_month: { from, to: dayOf(Date.parse(today) + DAY_MS) },
    last_month: { from: lastFrom, to: from },
    month_to_date: { from, to },
    last_month_to_date: { from: lastFrom, to: lastTo < from ? lastTo : from },
  };
}

/** So many UTC days up to a range's end. */
export const daysUpTo = (to: string, days: number): DayRange => ({
  from: dayOf(Date.parse(to) - days * DAY_MS),
  to,
});
