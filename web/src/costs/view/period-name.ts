import { longDay, longRange, shortDay, shortMonthOfYear, weekday } from '../../ui/format/day.ts';
import type { Granularity, Period } from './periods.ts';

/** Tue, Oct 3 · Oct 5 – 11, 2026 · October 2026 */
export const periodName = (period: Period, granularity: Granularity): string =>
  granularity === 'day' ? weekday(period.start) : longRange(period);

/** The same in a table, where a day needs its year. */
export const exactPeriodName = (period: Period, granularity: Granularity): string =>
  granularity === 'day' ? longDay(period.start) : longRange(period);

/** The name below a bar. */
export const periodTick = ({ start, from }: Period, granularity: Granularity): string =>
  granularity === 'month' ? shortMonthOfYear(start) : shortDay(from);
