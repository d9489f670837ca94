import type { Answer } from './answer.ts';
import { bucketOf, wholeBucket } from './cost-bucket.ts';
import { costRows } from './cost-rows.ts';
import { type CostsQuery, readCostsQuery } from './costs-query.ts';
import { addDays, type Day, daysBetween } from './day.ts';
import type { Fact } from './facts.ts';
import type { Identity } from './keys.ts';
import type { Knobs } from './knobs.ts';
import type { Ledger } from './ledger.ts';
import { type Binding, type Place, readPageToken, writePageToken } from './page-token.ts';

export interface CostsDeps {
  ledger: Ledger;
  knobs: Knobs;
  /** Unix seconds after which a time counts as future. */
  latest(): number;
  secret: string;
}

interface Page {
  buckets: Buffer[];
  next: Place | undefined;
}

/** `GET /organization/costs` */
export function costs(
  params: URLSearchParams,
  identity: Identity,
  { ledger, knobs, latest, secret }: CostsDeps,
): Answer {
  const query = readCostsQuery(params, {
    today: ledger.today(),
    latest: latest(),
    lookbackDays: knobs.lookbackDays,
  });
  const binding: Binding = {
    secret,
    organizationId: identity.organization.id,
    params,
    revision: ledger.revision(),
    maxAgeSeconds: knobs.pageTokenSeconds,
  };
  const token = params.get('page');
  const place = token === null ? { day: query.from, secondHalf: false, empty: false } : readPageToken(token, binding);
  const { buckets, next } = pageFrom(place, query, knobs, identity, ledger);

  const emptyForever = knobs.pageQuirk === 'empty_forever';
  const following = next ?? (emptyForever ? { ...place, empty: true } : undefined);
  const hasMore = following !== undefined || knobs.pageQuirk === 'null_next';
  const sameToken = knobs.pageQuirk === 'same_token' && token !== null;
  const nextToken = sameToken ? token : following && writePageToken(following, binding);
  const nextPage = knobs.pageQuirk === 'null_next' ? null : (nextToken ?? null);
  const end = JSON.stringify({ has_more: hasMore || sameToken, next_page: nextPage }).slice(1);
  return { status: 200, body: bodyOf(buckets, end) };
}

function pageFrom(
  place: Place,
  query: CostsQuery,
  knobs: Knobs,
  { organization, idle }: Identity,
  ledger: Ledger,
): Page {
  if (place.empty) return { buckets: [], next: place };
  const count = Math.min(query.limit, knobs.bucketsPerPage, daysBetween(place.day, query.to));
  const last = addDays(place.day, count - 1);
  const factsOf = (day: Day) => (idle ? [] : filtered(ledger.facts(day), query));
  const rowsOf = (day: Day) => costRows(day, factsOf(day), query.groupBy, organization);
  const split = knobs.pageQuirk === 'split_bucket' && rowsOf(last).length > 1 && !(count === 1 && place.secondHalf);
  const grouping = [...query.groupBy].sort().join();
  const buckets = Array.from({ length: count }, (_, i) => {
    const day = addDays(place.day, i);
    const begun = i === 0 && place.secondHalf;
    const broken = split && day === last;
    if (!begun && !broken) return wholeBucket(day, factsOf(day), grouping, () => rowsOf(day));
    const rows = rowsOf(day);
    const half = Math.ceil(rows.length / 2);
    return bucketOf(day, begun ? rows.slice(half) : rows.slice(0, half));
  });
  if (split) return { buckets, next: { day: last, secondHalf: true, empty: false } };
  const after = addDays(last, 1);
  return { buckets, next: after < query.to ? { day: after, secondHalf: false, empty: false } : undefined };
}

function filtered(facts: readonly Fact[], { projectIds, apiKeyIds }: CostsQuery): readonly Fact[] {
  if (projectIds.size + apiKeyIds.size === 0) return facts;
  return facts.filter(
    (fact) =>
      (projectIds.size === 0 || projectIds.has(fact.project_id ?? '')) &&
      (apiKeyIds.size === 0 || apiKeyIds.has(fact.api_key_id ?? '')),
  );
}

/** The buckets with commas between, as bytes: a large page is copied, not written again. */
function bodyOf(buckets: Buffer[], end: string): Buffer {
  const comma = Buffer.from(',');
  const listed = buckets.flatMap((bucket, i) => (i === 0 ? bucket : [comma, bucket]));
  return Buffer.concat([Buffer.from('{"object":"page","data":['), ...listed, Buffer.from(`],${end}`)]);
}
