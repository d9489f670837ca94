import { type Day, daysOf } from '#domain/day.ts';
import type { RequestOptions } from '../http/get.ts';
import type { BucketPage } from './bucket-page.ts';
import type { FetchPage } from './fetch-page.ts';
import type { WindowQuery } from './query.ts';
import { QueryRefusedError } from './refusal.ts';

/** How many empty pages in a row are followed: a server may page over days that it leaves out. */
const MAX_EMPTY_PAGES = 5;
/** A window has at most 62 days; more pages than that come only where days are split over several pages. */
const MAX_PAGES = 1_000;

export type Pages<Fact> = {
  /** Complete days only. */
  days: Map<Day, Fact[]>;
  /** The day at which the pages broke off. The rest of its facts may be missing, so it is not among `days`. */
  incompleteDay: Day | undefined;
  /** Whether the provider said that no page follows. */
  isLast: boolean;
};

/**
 * Fetches the first page of a query and follows its tokens. A token is bound to the exact query and expires, so it is
 * never kept; one that is refused ends the pages. Throws ProviderError.
 */
export async function followPages<Fact>(
  fetchPage: FetchPage,
  query: WindowQuery<Fact>,
  options: RequestOptions,
): Promise<Pages<Fact>> {
  const days: Pages<Fact>['days'] = new Map();
  const expected = daysOf(query).length;
  const tokens = new Set<string>();
  let token = '';
  let emptyPages = 0;
  let lastDay: Day | undefined;
  let hasMore = false;

  while (tokens.size < MAX_PAGES) {
    const page = await fetchUnlessRefused(fetchPage, query, token, options);
    if (!page) {
      hasMore = true;
      break;
    }
    const newDays = mergeBuckets(days, query, page.buckets);
    if (!page.hasMore) return { days, incompleteDay: undefined, isLast: true };

    lastDay = newDays.at(-1) ?? lastDay;
    emptyPages = newDays.length > 0 ? 0 : emptyPages + 1;
    hasMore = page.nextPage !== '' && emptyPages === 0;
    const maxEmptyPages = days.size < expected ? MAX_EMPTY_PAGES : 1;
    if (page.nextPage === '' || tokens.has(page.nextPage) || emptyPages >= maxEmptyPages) break;
    token = page.nextPage;
    tokens.add(token);
  }
  // Some servers announce more pages after the last day. In all other cases the last day may be incomplete.
  const incompleteDay = hasMore || days.size < expected ? lastDay : undefined;
  if (incompleteDay !== undefined) days.delete(incompleteDay);
  return { days, incompleteDay, isLast: false };
}

/** Undefined where a token is refused. The query was accepted without it, so the refusal is about the token. */
async function fetchUnlessRefused<Fact>(
  fetchPage: FetchPage,
  query: WindowQuery<Fact>,
  token: string,
  options: RequestOptions,
): Promise<BucketPage<Fact> | undefined> {
  try {
    return (await fetchPage(query, token, options)).value;
  } catch (error) {
    if (token !== '' && error instanceof QueryRefusedError) return undefined;
    throw error;
  }
}

/**
 * Adds the facts of buckets to their days and returns the days that got new ones. A day in two buckets is a repeated one
 * (overlapping pages) or a continued one (split between pages). If two facts have the same identity, the later one
 * replaces the earlier; all others are kept.
 */
function mergeBuckets<Fact>(
  days: Pages<Fact>['days'],
  { from, to, source }: WindowQuery<Fact>,
  buckets: BucketPage<Fact>['buckets'],
): Day[] {
  const newDays: Day[] = [];
  for (const { day, facts } of buckets) {
    if (day < from || day >= to) continue;
    const known = days.get(day);
    if (!known) {
      days.set(day, facts);
      newDays.push(day);
      continue;
    }
    const knownIdentities = new Set(known.map(source.identity));
    const identities = new Set(facts.map(source.identity));
    days.set(day, [...known.filter((fact) => !identities.has(source.identity(fact))), ...facts]);
    if (identities.difference(knownIdentities).size > 0) newDays.push(day);
  }
  return newDays;
}
