import { type DayRange, lengthOf } from '#domain/day.ts';

/** As many days as are asked for at once: a month's facts fit in memory several times, two months' still do. */
export const WINDOW_DAYS = 62;

/** As many of them as every server answers in one page. */
export const PAGE_DAYS = 31;

/** Throws RangeError: a window that is too long or upside down is a programming error. */
export function checkWindow({ from, to }: DayRange): void {
  const length = lengthOf({ from, to });
  if (length < 0 || length > WINDOW_DAYS) throw new RangeError(`A window has 0 to ${WINDOW_DAYS} days, not ${length}`);
}
