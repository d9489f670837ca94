import { dayAt, earlierDay } from '#domain/day.ts';
import { ProviderError } from '../http/error.ts';
import type { WindowQuery } from './query.ts';
import { QueryRefusedError, type Refusal } from './refusal.ts';

/**
 * The next best query after an error, or undefined where no other query would help. Each step gives up days, page size
 * or dimensions for good, so adapting again and again comes to an end.
 */
export function adaptQuery<Fact>(query: WindowQuery<Fact>, error: unknown): WindowQuery<Fact> | undefined {
  if (error instanceof QueryRefusedError) return adaptTo(error.refusal, query);
  if (error instanceof ProviderError && error.kind === 'response_too_large') return withSmallerPages(query);
  return undefined;
}

function adaptTo<Query extends WindowQuery<unknown>>(refusal: Refusal, query: Query): Query | undefined {
  switch (refusal.about) {
    case 'lookback':
      return withoutDaysBefore(refusal.earliest, query);
    case 'limit':
      return withSmallerPages(query);
    case 'end_time':
      return withoutToday(query);
    case 'dimensions':
      return withoutNamed(refusal.named, query);
    case 'group_by':
    case 'unknown':
      return withoutNext(query);
  }
}

function withoutDaysBefore<Query extends WindowQuery<unknown>>(earliest: string | undefined, query: Query) {
  if (earliest === undefined || earliest <= query.from) return undefined;
  return { ...query, from: earlierDay(earliest, query.to), earliest };
}

function withSmallerPages<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  const limit = [31, 7, 1].find((smaller) => smaller < query.limit);
  return limit === undefined ? undefined : { ...query, limit };
}

/** The provider's clock may be behind ours: a later sync reads today. */
function withoutToday<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  const today = dayAt(query.now * 1000);
  return query.to > today ? { ...query, from: earlierDay(query.from, today), to: today } : undefined;
}

function withoutNamed<Query extends WindowQuery<unknown>>(refused: readonly string[], query: Query) {
  // A refusal that repeats the whole grouping does not say which dimension is at fault.
  const named = query.groupBy.every((dimension) => refused.includes(dimension)) ? [] : refused;
  const { droppable, droppableLast } = query.source;
  const namedOf = (dimensions: readonly string[]) => dimensions.filter((dimension) => named.includes(dimension));
  return without(namedOf(droppable), query) ?? without(namedOf(droppableLast), query) ?? withoutNext(query);
}

/** Gives up the next droppable dimension, then today, then the dimensions that are dropped last. */
function withoutNext<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  const { droppable, droppableLast } = query.source;
  const nextOf = (order: readonly string[]) =>
    order.filter((dimension) => query.groupBy.includes(dimension)).slice(0, 1);
  return without(nextOf(droppable), query) ?? withoutToday(query) ?? without(nextOf(droppableLast), query);
}

function without<Query extends WindowQuery<unknown>>(dimensions: readonly string[], query: Query): Query | undefined {
  const groupBy = query.groupBy.filter((dimension) => !dimensions.includes(dimension));
  return groupBy.length < query.groupBy.length ? { ...query, groupBy } : undefined;
}
