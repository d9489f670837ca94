import type { Months } from '#clickhouse/summary/month-totals.ts';
import { addDays, earlierDay, laterDay, lengthOf, monthStart } from '#domain/day.ts';

/**
 * This month and last month around a UTC day. Today is not over, so the comparison covers the days of this month that
 * are complete, and the same number of days of last month.
 * @param syncedThrough the newest complete day; null if there is none
 */
export function monthRanges(today: string, syncedThrough: string | null): Months {
  const lastFrom = monthStart(today, -1);
  const from = monthStart(today);
  const ended = syncedThrough ? earlierDay(addDays(syncedThrough, 1), today) : from;
  const to = laterDay(from, ended);
  return {
    this_month: { from, to: addDays(today, 1) },
    last_month: { from: lastFrom, to: from },
    month_to_date: { from, to },
    last_month_to_date: { from: lastFrom, to: earlierDay(addDays(lastFrom, lengthOf({ from, to })), from) },
  };
}
