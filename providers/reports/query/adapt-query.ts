import { dayAt, earlierDay, lengthOf } from '#domain/day.ts';
import { ProviderError } from '../../http/error.ts';
import type { WindowQuery } from './query.ts';
import { QueryRefusedError, type Refusal } from './refusal.ts';

/**
 * The next best query after an error, or undefined where no other query would help. Each step gives up days, page size
 * or dimensions for good, so adapting again and again comes to an end.
 */
export function adaptQuery<Fact>(query: WindowQuery<Fact>, error: unknown): WindowQuery<Fact> | undefined {
  return adaptPages(query, error) ?? adaptGrouping(query, error);
}

/** The next query with the same grouping: without days that are not reported, or in smaller pages. */
export function adaptPages<Fact>(query: WindowQuery<Fact>, error: unknown): WindowQuery<Fact> | undefined {
  if (error instanceof QueryRefusedError) {
    const { refusal } = error;
    if (refusal.about === 'lookback') return withoutDaysBefore(refusal.earliest, query);
    if (refusal.about === 'limit') return withSmallerPages(query);
    if (refusal.about === 'end_time') return withoutToday(query);
  }
  const isTooLarge = error instanceof ProviderError && error.kind === 'response_too_large';
  return isTooLarge && lengthOf(query) > 1 ? withSmallerPages(query) : undefined;
}

/** The next query after a refusal of the grouping: with fewer dimensions, or without today. */
export function adaptGrouping<Fact>(query: WindowQuery<Fact>, error: unknown): WindowQuery<Fact> | undefined {
  const refusal = refusedGrouping(error);
  if (!refusal) return undefined;
  return refusal.about === 'dimensions' ? withoutNamed(refusal, query) : withoutNext(query);
}

type GroupingRefusal = Extract<Refusal, { about: 'dimensions' | 'group_by' | 'unknown' }>;

/** The refusal of a query whose grouping is at fault, or whose fault is not known. */
export function refusedGrouping(error: unknown): GroupingRefusal | undefined {
  if (!(error instanceof QueryRefusedError)) return undefined;
  const { refusal } = error;
  return refusal.about === 'lookback' || refusal.about === 'limit' || refusal.about === 'end_time'
    ? undefined
    : refusal;
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

type NamedRefusal = Extract<Refusal, { about: 'dimensions' }>;

/** Dimensions are given up before days: a day that is left out takes its money with it. */
function withoutNamed<Query extends WindowQuery<unknown>>(refusal: NamedRefusal, query: Query) {
  // A refusal that repeats the whole grouping does not say which dimension is at fault.
  const named = query.groupBy.every((dimension) => refusal.named.includes(dimension)) ? [] : refusal.named;
  const { droppable, droppableLast } = query.source;
  const namedOf = (dimensions: readonly string[]) => dimensions.filter((dimension) => named.includes(dimension));
  return (
    without(namedOf(droppable), query) ??
    without(namedOf(droppableLast), query) ??
    withoutNextDroppable(query) ??
    withoutDaysBefore(refusal.earliest, query) ??
    withoutNext(query)
  );
}

/** Gives up the next droppable dimension, then today, then the dimensions that are dropped last. */
function withoutNext<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  const { droppable, droppableLast } = query.source;
  return (
    without(nextOf(droppable, query), query) ?? withoutToday(query) ?? without(nextOf(droppableLast, query), query)
  );
}

/** Without the next droppable dimension; undefined where only project and the like are left. */
export function withoutNextDroppable<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  return without(nextOf(query.source.droppable, query), query);
}

function nextOf(order: readonly string[], { groupBy }: WindowQuery<unknown>): string[] {
  return order.filter((dimension) => groupBy.includes(dimension)).slice(0, 1);
}

function without<Query extends WindowQuery<unknown>>(dimensions: readonly string[], query: Query): Query | undefined {
  const groupBy = query.groupBy.filter((dimension) => !dimensions.includes(dimension));
  return groupBy.length < query.groupBy.length ? { ...query, groupBy } : undefined;
}
