import type { Day } from '#domain/day.ts';

/** One page of a report: buckets by the UTC day that they start in. `nextPage` is a token, '' where there is none. */
export type BucketPage<Fact> = {
  buckets: { day: Day; facts: Fact[] }[];
  hasMore: boolean;
  nextPage: string;
};
