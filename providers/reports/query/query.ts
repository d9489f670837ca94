import { addDays, type Day, type DayRange, dayAt, earlierDay } from '#domain/day.ts';
import { DEFAULT_MAX_BYTES, MAX_BYTES } from '../../http/get.ts';
import type { Source } from './source.ts';

/** A query of one endpoint. The clock is read once, because a page token is bound to the exact query. */
export type WindowQuery<Fact> = DayRange & {
  source: Source<Fact>;
  groupBy: readonly string[];
  /** Only facts of these projects. */
  projects?: readonly string[];
  /** Days per page. */
  limit: number;
  /** Unix seconds. */
  now: number;
  /** The first day that is still reported, once the provider has named it. */
  earliest?: Day;
};

/** Builds a query that ends with today at the latest: a later end has been refused. */
export function windowQuery<Fact>(
  source: Source<Fact>,
  { from, to }: DayRange,
  groupBy: readonly string[],
  limit: number,
): WindowQuery<Fact> {
  const now = Math.floor(Date.now() / 1000);
  // The day after today; a day that starts this very second is not part of the query yet.
  const end = addDays(dayAt((now - 1) * 1000), 1);
  const last = earlierDay(to, end);
  return { source, from: earlierDay(from, last), to: last, groupBy, limit, now };
}

/** How long a page may be. A page of one day may be longer: to split a day takes many requests. */
export function maxBytes({ from, to, limit }: WindowQuery<unknown>): number {
  return limit === 1 || addDays(from, 1) === to ? MAX_BYTES : DEFAULT_MAX_BYTES;
}
