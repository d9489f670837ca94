import { addDays, type DayRange, dayAt, startOfDay } from '#domain/day.ts';
import type { OpenAiError } from '../http/error.ts';
import type { Source } from './source.ts';

/** A question to an endpoint. The clock is read once: a page token is bound to the exact query. */
export type WindowQuery<Fact> = {
  source: Source<Fact>;
  from: string;
  to: string;
  groupBy: readonly string[];
  limit: number;
  /** Unix seconds. */
  now: number;
  /** Set once the provider has named the first day that it still reports. */
  earliest?: string;
};

/** Builds a query that ends with today at the latest, since a future end has been seen to fail. */
export function windowQuery<Fact>(
  source: Source<Fact>,
  { from, to }: DayRange,
  groupBy: readonly string[],
  limit: number,
): WindowQuery<Fact> {
  const now = Math.floor(Date.now() / 1000);
  const end = addDays(dayAt((now - 1) * 1000), 1); // the day after today, once today has begun by a second
  const last = earlier(to, end);
  return { source, from: earlier(from, last), to: last, groupBy, limit, now };
}

/** How the parameter is written, which is repeated for each dimension. */
export type GroupBy = 'group_by[]' | 'group_by';

export function queryParams(query: WindowQuery<unknown>, groupBy: GroupBy, token: string): [string, string][] {
  return [
    ['start_time', String(startOfDay(query.from) / 1000)],
    ['end_time', String(Math.min(startOfDay(query.to) / 1000, query.now))],
    ['bucket_width', '1d'],
    ['limit', String(query.limit)],
    ...query.groupBy.map((dimension): [string, string] => [groupBy, dimension]),
    ...(token === '' ? [] : [['page', token] satisfies [string, string]]),
  ];
}

/**
 * The next best query after a refused one, or undefined where there is none. Each step gives up something that is
 * never given back (days, limit, dimensions), so asking until this is undefined comes to an end.
 */
export function adapt<Fact>(query: WindowQuery<Fact>, { kind, refusal }: OpenAiError): WindowQuery<Fact> | undefined {
  const { optional, lastResort } = query.source;
  if (kind === 'response_too_large') return smallerPages(query);
  switch (refusal?.about) {
    case 'lookback': {
      const { earliest } = refusal;
      if (earliest === undefined || earliest <= query.from) return undefined;
      return { ...query, from: earlier(earliest, query.to), earliest };
    }
    case 'limit':
      return smallerPages(query);
    case 'end_time':
      return withoutToday(query);
    case 'dimensions': {
      // A refusal that repeats the whole grouping names none of it.
      const named = query.groupBy.every((dimension) => refusal.named.includes(dimension)) ? [] : refusal.named;
      const among = (dimensions: readonly string[]) => dimensions.filter((dimension) => named.includes(dimension));
      return without(query, among(optional)) ?? without(query, among(lastResort)) ?? withoutOneMore(query);
    }
    case 'group_by':
    case 'unknown':
      return withoutOneMore(query);
    default:
      return undefined;
  }
}

function smallerPages<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  const limit = [31, 7, 1].find((smaller) => smaller < query.limit);
  return limit === undefined ? undefined : { ...query, limit };
}

/** Their clock may be behind ours: then today waits for the next reading. */
function withoutToday<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  const today = dayAt(query.now * 1000);
  return query.to > today ? { ...query, from: earlier(query.from, today), to: today } : undefined;
}

function withoutOneMore<Query extends WindowQuery<unknown>>(query: Query): Query | undefined {
  const { optional, lastResort } = query.source;
  const firstOf = (order: readonly string[]) =>
    order.filter((dimension) => query.groupBy.includes(dimension)).slice(0, 1);
  return without(query, firstOf(optional)) ?? withoutToday(query) ?? without(query, firstOf(lastResort));
}

function without<Query extends WindowQuery<unknown>>(query: Query, dimensions: string[]): Query | undefined {
  const groupBy = query.groupBy.filter((dimension) => !dimensions.includes(dimension));
  return groupBy.length < query.groupBy.length ? { ...query, groupBy } : undefined;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
