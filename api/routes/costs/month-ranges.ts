import type { Months } from '#clickhouse/summary/month-totals.ts';
import { addDays, type DayRange, earlierDay, laterDay, lengthOf, monthStart } from '#domain/day.ts';

/**
 * This month and last month around a UTC day. Today goes on, so what is compared are the days of this month that were
 * read after they had ended, and as many days of last month.
 * @param syncedThrough the newest day that was; null where none was
 */
export function monthRanges(today: string, syncedThrough: string | null): Months {
  const [lastFrom, from] = [monthStart(today, -1), monthStart(today)];
  const ended = syncedThrough ? earlierDay(addDays(syncedThrough, 1), today) : from;
  const to = laterDay(from, ended);
  return {
    this_month: { from, to: addDays(today, 1) },
    last_month: { from: lastFrom, to: from },
    month_to_date: { from, to },
    last_month_to_date: { from: lastFrom, to: earlierDay(addDays(lastFrom, lengthOf({ from, to })), from) },
  };
}

/** So many UTC days up to a range's end. */
export const daysUpTo = (to: string, days: number): DayRange => ({ from: addDays(to, -days), to });
