import { type Day, type DayRange, daysOf } from '#domain/day.ts';
import type { UnreadableDay } from './query/unreadable.ts';
import type { Reading } from './read-window.ts';

/** A window's facts, day by day. Its range is what was read: without the future and without days no longer reported. */
export type DayWindow<Fact> = DayRange & {
  /** The first day that the provider still reports, where it named one. */
  earliest: Day | undefined;
  /** Every day of the range exactly once, in order, without those that are `unreadable`. */
  days: DayFacts<Fact>[];
  /** Days whose response cannot be stored as it is. Store the others, then fail for these. */
  unreadable: UnreadableDay[];
};

export type DayFacts<Fact> = {
  day: Day;
  /** Empty for a day without facts. */
  facts: Fact[];
  /** Dimensions that the provider refused for this day; their fields are ''. */
  dropped: readonly string[];
  /** Whether a response had the day. One that was left out has no facts, or the response was not whole. */
  isReported: boolean;
};

/** The result of a reading by the finest grouping. A day that the reading lacks had no facts. */
export function dayWindow<Fact>({ query, days }: Reading<Fact>): DayWindow<Fact> {
  const { from, to, earliest, source } = query;
  const window: DayWindow<Fact> = { from, to, earliest, days: [], unreadable: [] };
  for (const day of daysOf(query)) {
    const { facts, groupBy, problem } = days.get(day) ?? { facts: [], groupBy: query.groupBy };
    const dropped = source.groupBy.filter((dimension) => !groupBy.includes(dimension));
    if (problem) window.unreadable.push({ day, reason: problem });
    else window.days.push({ day, facts, dropped, isReported: days.has(day) });
  }
  return window;
}
