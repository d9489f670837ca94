import { type Day, daysOf } from '#domain/day.ts';
import type { RequestOptions } from '../http/get.ts';
import { collectDays } from './collect-days.ts';
import type { FetchPage } from './fetch-page.ts';
import type { BucketPage } from './query/bucket-page.ts';
import type { WindowQuery } from './query/query.ts';
import { QueryRefusedError } from './query/refusal.ts';
import { MAX_WINDOW_FACTS, WindowTooLargeError } from './window.ts';

/** How many empty pages in a row are followed: a server may page over days that it leaves out. */
const MAX_EMPTY_PAGES = 5;
/** A window has at most 62 days; more pages than that come only where days are split over several pages. */
const MAX_PAGES = 1_000;

export type Pages<Fact> = {
  /** Complete days only. */
  days: Map<Day, Fact[]>;
  /** Days of which a bucket came twice, and its rows do not tell whether it was repeated or continued. */
  ambiguous: Set<Day>;
  /** The day at which the pages broke off. The rest of its facts may be missing, so it is not among `days`. */
  incompleteDay: Day | undefined;
  /** Whether the provider said that no page follows. */
  isLast: boolean;
};

/**
 * Fetches the first page of a query and follows its tokens. A token is bound to the exact query and expires, so it is
 * never kept; one that is refused ends the pages. Throws ProviderError, or WindowTooLargeError.
 */
export async function followPages<Fact>(
  fetchPage: FetchPage,
  query: WindowQuery<Fact>,
  options: RequestOptions,
): Promise<Pages<Fact>> {
  const { from, to, source } = query;
  const collected = collectDays(source);
  const expected = daysOf(query).length;
  const tokens = new Set<string>();
  let token = '';
  let emptyPages = 0;
  let facts = 0;
  let lastDay: Day | undefined;
  let hasMore = false;
  let isLast = false;
  let nextToken = '';

  while (tokens.size < MAX_PAGES) {
    const page = await fetchUnlessRefused(fetchPage, query, token, options);
    if (!page) {
      hasMore = true;
      break;
    }
    const ofWindow = page.buckets.filter(({ day }) => day >= from && day < to);
    facts += ofWindow.reduce((sum, bucket) => sum + bucket.facts.length, 0);
    const added = ofWindow.filter((bucket) => collected.add(bucket, tokens.size));
    if (facts > MAX_WINDOW_FACTS && expected > 1) throw new WindowTooLargeError(facts / collected.count());
    isLast = !page.hasMore;
    nextToken = page.nextPage;
    if (isLast) break;

    lastDay = added.at(-1)?.day ?? lastDay;
    emptyPages = added.length > 0 ? 0 : emptyPages + 1;
    hasMore = page.nextPage !== '' && emptyPages === 0;
    const maxEmptyPages = collected.count() < expected ? MAX_EMPTY_PAGES : 1;
    if (page.nextPage === '' || tokens.has(page.nextPage) || emptyPages >= maxEmptyPages) break;
    token = page.nextPage;
    tokens.add(token);
  }
  // Some servers announce more pages after the last day. But a page may also have ended within that day, and the next one
  // have been repeated or empty: only where the day was read by itself is it complete then.
  const isWhole = isLast || (collected.count() === expected && !hasMore && (expected === 1 || nextToken === ''));
  const incompleteDay = isWhole ? undefined : lastDay;
  const { ambiguous } = collected;
  const days = collected.days();
  for (const day of ambiguous) days.delete(day);
  if (incompleteDay !== undefined) {
    days.delete(incompleteDay);
    ambiguous.delete(incompleteDay);
  }
  return { days, ambiguous, incompleteDay, isLast };
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
