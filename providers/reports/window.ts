import { type DayRange, lengthOf } from '#domain/day.ts';

/** The longest window: the facts of 62 days fit in memory even several times. */
export const WINDOW_DAYS = 62;

/** Days per page: every server accepts this many. */
export const PAGE_DAYS = 31;

/** Days per page of costs, where more are needed: some servers give fewer, or refuse so many. */
const LONG_PAGE_DAYS = 180;

/** Days per page to read a window of costs in the fewest requests: more are requested only where they are needed. */
export const costPageDays = (window: DayRange) => (lengthOf(window) > PAGE_DAYS ? LONG_PAGE_DAYS : PAGE_DAYS);

/** Throws RangeError: a window that is too long, or ends before it starts, is a programming error. */
export function checkWindow(window: DayRange): void {
  const length = lengthOf(window);
  if (length < 0 || length > WINDOW_DAYS) throw new RangeError(`A window has 0 to ${WINDOW_DAYS} days, not ${length}`);
}

/** Facts that a window of several days may have: some 15 MB of responses, and twice as much while they are held. */
export const MAX_WINDOW_FACTS = 30_000;

/** A window of several days has more facts than fit in memory: to be read in smaller ones. */
export class WindowTooLargeError extends Error {
  override readonly name = 'WindowTooLargeError';
  readonly factsPerDay: number;

  constructor(factsPerDay: number) {
    super('The window has too many facts to be read at once');
    this.factsPerDay = factsPerDay;
  }
}
