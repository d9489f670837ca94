import { daysOf } from '#domain/day.ts';
import type { Reading } from './read-window.ts';

/** A window's facts, day by day. */
export type DayWindow<Fact> = {
  /** What was really read: the window without the future and without what the provider no longer reports. */
  from: string;
  to: string;
  /** The first day that the provider still reports, where it said so. */
  earliest: string | undefined;
  /** Dimensions that were refused for this window; their fields are ''. */
  dropped: string[];
  /** Every day of [from, to) exactly once, in order, quiet ones too. */
  days: { day: string; facts: Fact[] }[];
};

/** What a reading by the finest grouping brought; a day that it lacks is a quiet one. */
export function dayWindow<Fact>({ query, days }: Reading<Fact>): DayWindow<Fact> {
  return {
    from: query.from,
    to: query.to,
    earliest: query.earliest,
    dropped: query.source.finest.filter((dimension) => !query.groupBy.includes(dimension)),
    days: daysOf(query).map((day) => ({ day, facts: days.get(day) ?? [] })),
  };
}
