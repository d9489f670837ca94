import { type Day, type DayRange, daysOf } from '#domain/day.ts';
import type { Reading } from './read-window.ts';

/** A window's facts, day by day. Its range is what was read: without the future and without days no longer reported. */
export type DayWindow<Fact> = DayRange & {
  /** The first day that the provider still reports, where it named one. */
  earliest: Day | undefined;
  /** Dimensions that the provider refused for this window; their fields are ''. */
  dropped: string[];
  /** Every day of the range exactly once, in order. A day without facts has an empty list. */
  days: { day: Day; facts: Fact[] }[];
};

/** The result of a reading by the finest grouping. A day that the reading lacks had no facts. */
export function dayWindow<Fact>({ query, days }: Reading<Fact>): DayWindow<Fact> {
  return {
    from: query.from,
    to: query.to,
    earliest: query.earliest,
    dropped: query.source.groupBy.filter((dimension) => !query.groupBy.includes(dimension)),
    days: daysOf(query).map((day) => ({ day, facts: days.get(day) ?? [] })),
  };
}
