import { type Day, type DayRange, daysOf } from '#domain/day.ts';
import { ProviderError } from '../http/error.ts';
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
};

export type UnreadableDay = { day: Day; reason: UnreadableReason };

export type UnreadableReason =
  | 'amount_out_of_range' // 1e15 or more, or more than 100 significant digits
  | 'ambiguous_rows' // a bucket came twice, and nothing tells whether its rows are repeated or continued
  | 'several_organizations'; // rows name more than one organization, and it is not known which one is read

/** The error `unreadable_days` where there are any: to be thrown once the other days are stored. */
export function unreadable(window: { unreadable: UnreadableDay[] }, endpoint: string): ProviderError | undefined {
  if (window.unreadable.length === 0) return undefined;
  const detail = window.unreadable.map(({ day, reason }) => `${day}: ${reason}`).join(', ');
  return new ProviderError('unreadable_days', { endpoint, detail });
}

/** The result of a reading by the finest grouping. A day that the reading lacks had no facts. */
export function dayWindow<Fact>({ query, days }: Reading<Fact>): DayWindow<Fact> {
  const dropped = query.source.groupBy.filter((dimension) => !query.groupBy.includes(dimension));
  return {
    from: query.from,
    to: query.to,
    earliest: query.earliest,
    days: daysOf(query).map((day) => ({ day, facts: days.get(day) ?? [], dropped })),
    unreadable: [],
  };
}
