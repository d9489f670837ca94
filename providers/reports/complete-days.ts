import { addDays, type Day, daysOf } from '#domain/day.ts';
import { ProviderError } from '../http/error.ts';
import type { RequestOptions } from '../http/get.ts';
import { adaptQuery } from './adapt-query.ts';
import type { FetchPage } from './fetch-page.ts';
import { followPages, type Pages } from './follow-pages.ts';
import type { WindowQuery } from './query.ts';

/** How many times in a row a single day is read because the pages broke off at it. */
const MAX_SINGLE_DAYS = 8;

export type Reading<Fact> = {
  /** The query that the provider accepted in the end. */
  query: WindowQuery<Fact>;
  days: Map<Day, Fact[]>;
  /** Days without a bucket, although the provider said that its pages for just these days were complete. */
  unreported: Day[];
};

/**
 * Reads every day of a query. As long as days are missing it reads these again, or the single day at which the pages
 * broke off. Each round finds days, adapts the query, or is one of a limited number, so this ends.
 * Throws ProviderError; `incomplete_window` where pages keep breaking off.
 */
export async function readWindow<Fact>(
  fetchPage: FetchPage,
  firstQuery: WindowQuery<Fact>,
  options: RequestOptions,
): Promise<Reading<Fact>> {
  const days: Reading<Fact>['days'] = new Map();
  let query = firstQuery;
  let singleDay: Day | undefined;
  let singleDays = 0;

  for (;;) {
    const missing = daysOf(query).filter((day) => !days.has(day));
    const first = singleDay ?? missing[0];
    const last = singleDay ?? missing.at(-1);
    if (first === undefined || last === undefined) return { query, days, unreported: [] };

    let pages: Pages<Fact>;
    try {
      pages = await followPages(fetchPage, { ...query, from: first, to: addDays(last, 1) }, options);
    } catch (error) {
      const adapted = adaptQuery(query, error);
      if (!adapted) throw error;
      query = adapted;
      singleDay = undefined;
      continue;
    }

    const received = missing.filter((day) => pages.days.has(day));
    for (const day of received) days.set(day, pages.days.get(day) ?? []);
    if (received.length > 0) {
      singleDay = undefined;
      singleDays = 0;
      continue;
    }
    if (pages.isLast && singleDay === undefined) return { query, days, unreported: missing };
    singleDay = missing.find((day) => day === pages.incompleteDay);
    if (singleDay === undefined || ++singleDays > MAX_SINGLE_DAYS) {
      throw new ProviderError('incomplete_window', {
        endpoint: query.source.endpoint,
        detail: `${missing.length} days`,
      });
    }
  }
}
