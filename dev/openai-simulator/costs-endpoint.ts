import type { Answer } from './answer.ts';
import { costRows } from './cost-rows.ts';
import { type CostsQuery, readCostsQuery } from './costs-query.ts';
import { addDays, DAY_SECONDS, type Day, dayOf, daysBetween, startOf } from './day.ts';
import type { Identity } from './keys.ts';
import type { Knobs } from './knobs.ts';
import type { Ledger } from './ledger.ts';
import { type Binding, type Place, readPageToken, writePageToken } from './page-token.ts';
import { hash } from './random.ts';

export interface CostsDeps {
  ledger: Ledger;
  knobs: Knobs;
  /** Unix seconds after which a time counts as future. */
  latest(): number;
  secret: string;
}

interface Page {
  buckets: string[];
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
  const { buckets, next } = pageFrom(place, query, knobs, (day) => rowsOf(day, query, identity, ledger));

  const emptyForever = knobs.pageQuirk === 'empty_forever';
  const following = next ?? (emptyForever ? { ...place, empty: true } : undefined);
  const hasMore = following !== undefined || knobs.pageQuirk === 'null_next';
  const sameToken = knobs.pageQuirk === 'same_token' && token !== null;
  const nextToken = sameToken ? token : following && writePageToken(following, binding);
  const nextPage = knobs.pageQuirk === 'null_next' ? null : (nextToken ?? null);
  const end = JSON.stringify({ has_more: hasMore || sameToken, next_page: nextPage }).slice(1);
  return { status: 200, body: `{"object":"page","data":[${buckets.join()}],${end}` };
}

function pageFrom(place: Place, query: CostsQuery, knobs: Knobs, rowsOf: (day: Day) => string[]): Page {
  if (place.empty) return { buckets: [], next: place };
  const count = Math.min(query.limit, knobs.bucketsPerPage, daysBetween(place.day, query.to));
  const last = addDays(place.day, count - 1);
  const split = knobs.pageQuirk === 'split_bucket' && rowsOf(last).length > 1 && !(count === 1 && place.secondHalf);
  const buckets = Array.from({ length: count }, (_, i) => {
    const day = addDays(place.day, i);
    const rows = rowsOf(day);
    const half = Math.ceil(rows.length / 2);
    const from = i === 0 && place.secondHalf ? half : 0;
    return bucketText(day, rows.slice(from, day === last && split ? half : undefined));
  });
  if (split) return { buckets, next: { day: last, secondHalf: true, empty: false } };
  const after = addDays(last, 1);
  return { buckets, next: after < query.to ? { day: after, secondHalf: false, empty: false } : undefined };
}

function rowsOf(day: Day, query: CostsQuery, { organization, idle }: Identity, ledger: Ledger): string[] {
  if (idle) return [];
  const { projectIds, apiKeyIds } = query;
  const all = ledger.facts(day);
  const filtered =
    projectIds.size + apiKeyIds.size === 0
      ? all
      : all.filter(
          (fact) =>
            (projectIds.size === 0 || projectIds.has(fact.project_id ?? '')) &&
            (apiKeyIds.size === 0 || apiKeyIds.has(fact.api_key_id ?? '')),
        );
  return costRows(day, filtered, query.groupBy, organization);
}

function bucketText(day: Day, rows: string[]): string {
  const start = startOf(day);
  // Some live buckets name no zone.
  const zone = hash(day) % 3 === 0 ? '' : '+00:00';
  const head = JSON.stringify({
    object: 'bucket',
    start_time: start,
    end_time: start + DAY_SECONDS,
    start_time_iso: `${day}T00:00:00${zone}`,
    end_time_iso: `${dayOf(start + DAY_SECONDS)}T00:00:00${zone}`,
  });
  return `${head.slice(0, -1)},"results":[${rows.join()}]}`;
}
