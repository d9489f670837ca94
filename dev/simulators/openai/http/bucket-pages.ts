import { addDays, type Day, daysBetween } from '../arithmetic/day.ts';
import { bucketOf, wholeBucket } from './bucket.ts';
import type { Knobs } from './knobs.ts';
import { type Binding, type Place, readPageToken, writePageToken } from './page-token.ts';
import type { SimulatedResponse } from './response.ts';

/** A series of daily buckets to page through. */
export interface BucketSeries {
  from: Day;
  /** The day after the last one. */
  to: Day;
  /** Buckets a page, before the knobs. */
  limit: number;
  /** The dimensions that the rows are grouped by, and what else they depend on, as one text. */
  grouping: string;
  /** A day's facts: the same array until they change. */
  facts(day: Day): readonly object[];
  /** The day's rows as JSON texts. */
  rows(day: Day): string[];
}

interface Page {
  buckets: Buffer[];
  next: Place | undefined;
}

/** A page of one bucket a day, with the token of the next page; `knobs.pageQuirk` makes it wrong. */
export function bucketPage(
  params: URLSearchParams,
  series: BucketSeries,
  binding: Binding,
  knobs: Knobs,
): SimulatedResponse {
  const token = params.get('page');
  const place = token === null ? { day: series.from, secondHalf: false, empty: false } : readPageToken(token, binding);
  const { buckets, next } = pageFrom(place, series, knobs);

  const emptyForever = knobs.pageQuirk === 'empty_forever';
  const following = next ?? (emptyForever ? { ...place, empty: true } : undefined);
  const hasMore = following !== undefined || knobs.pageQuirk === 'null_next';
  const sameToken = knobs.pageQuirk === 'same_token' && token !== null;
  const nextToken = sameToken ? token : following && writePageToken(following, binding);
  const nextPage = knobs.pageQuirk === 'null_next' ? null : (nextToken ?? null);
  const end = JSON.stringify({ has_more: hasMore || sameToken, next_page: nextPage }).slice(1);
  return { status: 200, body: bodyOf(buckets, end) };
}

function pageFrom(place: Place, { to, limit, grouping, facts, rows }: BucketSeries, knobs: Knobs): Page {
  if (place.empty) return { buckets: [], next: place };
  const count = Math.min(limit, knobs.bucketsPerPage, daysBetween(place.day, to));
  const last = addDays(place.day, count - 1);
  const split = knobs.pageQuirk === 'split_bucket' && rows(last).length > 1 && !(count === 1 && place.secondHalf);
  const buckets = Array.from({ length: count }, (_, i) => {
    const day = addDays(place.day, i);
    const begun = i === 0 && place.secondHalf;
    const broken = split && day === last;
    if (!begun && !broken) return wholeBucket(day, facts(day), grouping, () => rows(day));
    const all = rows(day);
    const half = Math.ceil(all.length / 2);
    return bucketOf(day, begun ? all.slice(half) : all.slice(0, half));
  });
  if (split) return { buckets, next: { day: last, secondHalf: true, empty: false } };
  const after = addDays(last, 1);
  return { buckets, next: after < to ? { day: after, secondHalf: false, empty: false } : undefined };
}

/** Joins the buckets as bytes: a large page is copied, not serialized again. */
function bodyOf(buckets: Buffer[], end: string): Buffer {
  const comma = Buffer.from(',');
  const listed = buckets.flatMap((bucket, i) => (i === 0 ? bucket : [comma, bucket]));
  return Buffer.concat([Buffer.from('{"object":"page","data":['), ...listed, Buffer.from(`],${end}`)]);
}
