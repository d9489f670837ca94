import { addDays, type DayRange, daysOf, lengthOf } from '#domain/day.ts';
import type { RequestOptions } from '../http/get.ts';
import type { FetchPage } from './fetch-page.ts';
import { findAccepted, type TryRead } from './find-accepted.ts';
import { adaptGrouping, refusedGrouping } from './query/adapt-query.ts';
import type { WindowQuery } from './query/query.ts';
import type { Refusal } from './query/refusal.ts';
import { type RangeReading, readRange } from './read-range.ts';

/** A window as it was read: of each day, its facts by the finest grouping that the provider accepts for it. */
export type Reading<Fact> = RangeReading<Fact>;

/**
 * Reads every day of a query. First with as few dimensions as the provider accepts for all of it; then the days for
 * which it accepts more are found and read again. So the refusal of one day makes no other day coarser.
 * Throws ProviderError.
 */
export async function readWindow<Fact>(
  fetchPage: FetchPage,
  firstQuery: WindowQuery<Fact>,
  options: RequestOptions,
): Promise<Reading<Fact>> {
  const { reading, refused, unknown } = await readAsOne(fetchPage, firstQuery, options);
  for (const groupBy of finerGroupings(refused, unknown, reading.query)) {
    const isRefused = refused.some((query) => isSame(query.groupBy, groupBy) && query.to === reading.query.to);
    const tryRead = finerReader(fetchPage, reading, groupBy, options);
    for (const range of coarserRanges(reading, groupBy)) await findAccepted(range, isRefused, tryRead);
  }
  return reading;
}

/** Reads the whole query by a grouping that is accepted for all of it, and says which queries were refused. */
async function readAsOne<Fact>(fetchPage: FetchPage, firstQuery: WindowQuery<Fact>, options: RequestOptions) {
  const refused: WindowQuery<Fact>[] = [];
  const unknown: string[] = [];
  let query = firstQuery;
  let isRetried = false;
  for (;;) {
    try {
      return { reading: await readRange(fetchPage, query, options), refused, unknown };
    } catch (error) {
      const refusal = refusedGrouping(error);
      if (!isRetried && isUnexplained(refusal)) {
        isRetried = true;
        continue;
      }
      const adapted = adaptGrouping(query, error);
      if (!adapted) throw error;
      refused.push(query);
      if (refusal?.about === 'dimensions' && refusal.areUnknown) unknown.push(...refusal.named);
      query = adapted;
    }
  }
}

/** The groupings between the first one and the accepted one that some days may accept, the finest first. */
function finerGroupings<Fact>(
  refused: WindowQuery<Fact>[],
  unknown: readonly string[],
  { groupBy, source }: WindowQuery<Fact>,
) {
  const isLeft = (dimension: string) => refused[0]?.groupBy.includes(dimension) && !unknown.includes(dimension);
  const dropped = source.groupBy.filter((dimension) => !groupBy.includes(dimension) && isLeft(dimension));
  // Not each dropped dimension has to be at fault.
  const withOne = dropped.map((one) => source.groupBy.filter((name) => name === one || groupBy.includes(name)));
  const withoutOne = dropped.map((one) => source.groupBy.filter((name) => name !== one && isLeft(name)));
  const ofRefused = refused.map((query) => query.groupBy.filter(isLeft));
  const finer = [...ofRefused, ...(dropped.length > 1 ? [...withOne, ...withoutOne] : [])];
  return finer
    .filter((grouping, index) => finer.findIndex((other) => isSame(other, grouping)) === index)
    .filter((grouping) => grouping.length > groupBy.length)
    .sort((a, b) => b.length - a.length);
}

/** The days that were read by fewer dimensions than these, as ranges, the newest first. */
function coarserRanges<Fact>({ query, days }: Reading<Fact>, groupBy: readonly string[]): DayRange[] {
  const ranges: DayRange[] = [];
  for (const day of daysOf(query).reverse()) {
    const known = days.get(day)?.groupBy ?? query.groupBy;
    if (known.length >= groupBy.length || !known.every((dimension) => groupBy.includes(dimension))) continue;
    const last = ranges.at(-1);
    if (last?.from === addDays(day, 1)) last.from = day;
    else ranges.push({ from: day, to: addDays(day, 1) });
  }
  return ranges;
}

/** Reads parts of the window by more dimensions into `reading`, or returns the refusal. */
function finerReader<Fact>(
  fetchPage: FetchPage,
  reading: Reading<Fact>,
  groupBy: readonly string[],
  options: RequestOptions,
): TryRead {
  const read = async (range: DayRange, isRetry: boolean): Promise<Refusal | undefined> => {
    try {
      const finer = await readRange(fetchPage, { ...reading.query, ...range, groupBy }, options);
      takeFiner(reading, finer);
      return undefined;
    } catch (error) {
      const refusal = refusedGrouping(error);
      if (!refusal) throw error;
      if (isRetry || lengthOf(range) > 1 || !isUnexplained(refusal)) return refusal;
      return read(range, true);
    }
  };
  return (range) => read(range, false);
}

function takeFiner<Fact>(reading: Reading<Fact>, { query, days }: Reading<Fact>): void {
  for (const day of daysOf(query)) {
    const known = reading.days.get(day) ?? { facts: [], groupBy: reading.query.groupBy, problem: undefined };
    // A day without a bucket is quiet only if it was so before.
    const read = days.get(day) ?? (known.facts.length === 0 ? { ...known, groupBy: query.groupBy } : known);
    if (!read.problem && read.groupBy.length > known.groupBy.length) reading.days.set(day, read);
  }
}

/** A refusal that says nothing may be an accident: it is retried once before dimensions are given up. */
function isUnexplained(refusal: Refusal | undefined): boolean {
  return refusal?.about === 'unknown' && !refusal.isOfStart;
}

const isSame = (a: readonly string[], b: readonly string[]) => a.join() === b.join();
