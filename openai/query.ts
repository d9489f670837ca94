import { addDays, toDay, toUnix } from './days.ts';
import type { OpenAiError } from './error.ts';
import { OPTIONAL_DIMENSIONS } from './refusal.ts';

/** A question to the costs endpoint. The clock is read once: a page token is bound to the exact query. */
export type CostQuery = {
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
export function costQuery(from: string, to: string, groupBy: readonly string[], limit: number): CostQuery {
  const now = Math.floor(Date.now() / 1000);
  const end = addDays(toDay(now - 1), 1); // the day after today, once today has begun by a second
  const last = earlier(to, end);
  return { from: earlier(from, last), to: last, groupBy, limit, now };
}

export function costParams(query: CostQuery): [string, string][] {
  return [
    ['start_time', String(toUnix(query.from))],
    ['end_time', String(Math.min(toUnix(query.to), query.now))],
    ['bucket_width', '1d'],
    ['limit', String(query.limit)],
    ...query.groupBy.map((dimension): [string, string] => ['group_by[]', dimension]),
  ];
}

/**
 * The next best query after a refused one, or undefined where there is none. Each step gives up something that is
 * never given back (days, limit, dimensions), so asking until this is undefined comes to an end.
 */
export function adapt(query: CostQuery, { kind, refusal }: OpenAiError): CostQuery | undefined {
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
    case 'dimensions':
      return without(query, refusal.named) ?? withoutNextOptional(query);
    case 'unknown':
      return withoutNextOptional(query) ?? withoutToday(query);
    default:
      return undefined;
  }
}

function smallerPages(query: CostQuery): CostQuery | undefined {
  const limit = [31, 7, 1].find((smaller) => smaller < query.limit);
  return limit === undefined ? undefined : { ...query, limit };
}

/** Their clock may be behind ours: then today waits for the next reading. */
function withoutToday(query: CostQuery): CostQuery | undefined {
  const today = toDay(query.now);
  return query.to > today ? { ...query, from: earlier(query.from, today), to: today } : undefined;
}

function withoutNextOptional(query: CostQuery): CostQuery | undefined {
  const next = OPTIONAL_DIMENSIONS.find((dimension) => query.groupBy.includes(dimension));
  return next && without(query, [next]);
}

function without(query: CostQuery, dimensions: string[]): CostQuery | undefined {
  const groupBy = query.groupBy.filter((dimension) => !dimensions.includes(dimension));
  return groupBy.length < query.groupBy.length ? { ...query, groupBy } : undefined;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
