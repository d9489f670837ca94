import { addDays, type Day, daysOf } from '#domain/day.ts';
import { ProviderError } from '../http/error.ts';
import type { RequestOptions } from '../http/get.ts';
import type { FetchPage } from './fetch-page.ts';
import { followPages, type Pages } from './follow-pages.ts';
import { adaptPages } from './query/adapt-query.ts';
import type { WindowQuery } from './query/query.ts';

/** How many times in a row a single day is read because the pages broke off at it. */
const MAX_SINGLE_DAYS = 8;

export type CompleteDays<Fact> = {
  /** The query that the provider accepted in the end. */
  query: WindowQuery<Fact>;
  days: Map<Day, Fact[]>;
  /** Days whose rows are ambiguous also where the day is read by itself. */
  ambiguous: Set<Day>;
  /** Days without a bucket, although the provider said that its pages for just these days were complete. */
  unreported: Day[];
};

/**
 * Reads every day of a query by its grouping. As long as days are missing it reads these again; a day at which the pages
 * broke off, or whose rows were ambiguous, by itself. Each round settles days, adapts the query, or is one of a limited
 * number, so this ends.
 * Throws ProviderError; `incomplete_window` where pages keep breaking off.
 */
export async function completeDays<Fact>(
  fetchPage: FetchPage,
  firstQuery: WindowQuery<Fact>,
  options: RequestOptions,
): Promise<CompleteDays<Fact>> {
  const days: CompleteDays<Fact>['days'] = new Map();
  const ambiguous = new Set<Day>();
  const doubtful = new Set<Day>();
  let query = firstQuery;
  let incompleteDay: Day | undefined;
  let singleDays = 0;

  for (;;) {
    const missing = daysOf(query).filter((day) => !days.has(day) && !ambiguous.has(day));
    const singleDay = incompleteDay ?? missing.find((day) => doubtful.has(day));
    const first = singleDay ?? missing[0];
    const last = singleDay ?? missing.at(-1);
    if (first === undefined || last === undefined) return { query, days, ambiguous, unreported: [] };

    let pages: Pages<Fact>;
    try {
      pages = await followPages(fetchPage, { ...query, from: first, to: addDays(last, 1) }, options);
    } catch (error) {
      const adapted = adaptPages(query, error);
      if (!adapted) throw error;
      query = adapted;
      incompleteDay = undefined;
      continue;
    }

    const settled = missing.filter((day) => pages.days.has(day) || pages.ambiguous.has(day));
    for (const day of settled) {
      const facts = pages.days.get(day);
      if (facts) days.set(day, facts);
      else if (first === last) ambiguous.add(day);
      else doubtful.add(day);
    }
    if (settled.length > 0) {
      incompleteDay = undefined;
      singleDays = 0;
      continue;
    }
    if (pages.isLast && singleDay === undefined) return { query, days, ambiguous, unreported: missing };
    incompleteDay = missing.find((day) => day === pages.incompleteDay);
    if (incompleteDay === undefined || ++singleDays > MAX_SINGLE_DAYS) {
      throw new ProviderError('incomplete_window', {
        endpoint: query.source.endpoint,
        detail: `${missing.length} days`,
      });
    }
  }
}
