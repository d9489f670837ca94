import { addDays, type Day, daysOf, earlierDay, lengthOf } from '#domain/day.ts';
import { ProviderError } from '../http/error.ts';
import type { RequestOptions } from '../http/get.ts';
import { completeDays } from './complete-days.ts';
import type { FetchPage } from './fetch-page.ts';
import { readLargeDay } from './large-day.ts';
import type { WindowQuery } from './query/query.ts';
import type { UnreadableReason } from './query/unreadable.ts';

/** `groupBy`: the dimensions that the facts are grouped by. `problem`: why they cannot be stored. */
export type ReadDay<Fact> = { facts: Fact[]; groupBy: readonly string[]; problem: UnreadableReason | undefined };

export type RangeReading<Fact> = {
  /** The query that the provider accepted in the end. */
  query: WindowQuery<Fact>;
  days: Map<Day, ReadDay<Fact>>;
  /** Days without a bucket, although the provider said that its pages for just these days were complete. */
  unreported: Day[];
};

/** Reads every day of a query by its grouping, a day that is too large for one response by parts. Throws ProviderError. */
export async function readRange<Fact>(
  fetchPage: FetchPage,
  query: WindowQuery<Fact>,
  options: RequestOptions,
): Promise<RangeReading<Fact>> {
  try {
    return toReading(await completeDays(fetchPage, query, options));
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  if (lengthOf(query) === 1) return largeDay(fetchPage, query, options);
  return readDayByDay(fetchPage, { ...query, limit: 1 }, options);
}

/** For a range with a page that is too large: it does not say which day it is of. */
async function readDayByDay<Fact>(fetchPage: FetchPage, query: WindowQuery<Fact>, options: RequestOptions) {
  const reading: RangeReading<Fact> = { query, days: new Map(), unreported: [] };
  for (const day of daysOf(query)) {
    if (day < reading.query.from || day >= reading.query.to) continue;
    const one = await readRange(fetchPage, { ...reading.query, from: day, to: addDays(day, 1) }, options);
    reading.query = withoutUnavailable(reading.query, one.query);
    for (const [key, value] of one.days) reading.days.set(key, value);
    reading.unreported.push(...one.unreported);
  }
  return reading;
}

/** Shortens a range where one of its days turned out to be too old, or too new. */
function withoutUnavailable<Fact>(query: WindowQuery<Fact>, { from, to, earliest }: WindowQuery<Fact>) {
  if (from < to) return query;
  return earliest === undefined ? { ...query, to } : { ...query, from: earlierDay(earliest, query.to), earliest };
}

function toReading<Fact>({ query, days, ambiguous, unreported }: Awaited<ReturnType<typeof completeDays<Fact>>>) {
  const { groupBy, source } = query;
  const reading: RangeReading<Fact> = { query, days: new Map(), unreported };
  for (const [day, facts] of days) reading.days.set(day, { facts, groupBy, problem: problemOf(facts, source) });
  for (const day of ambiguous) reading.days.set(day, { facts: [], groupBy, problem: 'ambiguous_rows' });
  return reading;
}

async function largeDay<Fact>(fetchPage: FetchPage, query: WindowQuery<Fact>, options: RequestOptions) {
  const readDay = await readLargeDay(fetchPage, query, options).then(
    ({ facts, groupBy, isAmbiguous }): ReadDay<Fact> => ({
      facts,
      groupBy,
      problem: isAmbiguous ? 'ambiguous_rows' : problemOf(facts, query.source),
    }),
    (error: unknown): ReadDay<Fact> => {
      if (!isTooLarge(error)) throw error;
      return { facts: [], groupBy: query.groupBy, problem: 'response_too_large' };
    },
  );
  return { query, days: new Map([[query.from, readDay]]), unreported: [] };
}

function problemOf<Fact>(facts: Fact[], source: WindowQuery<Fact>['source']): UnreadableReason | undefined {
  for (const fact of facts) {
    const problem = source.problemOf(fact);
    if (problem) return problem;
  }
  return undefined;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ProviderError && error.kind === 'response_too_large';
}
