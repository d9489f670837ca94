import type { Day } from '#domain/day.ts';

/** One page of a report. `nextPage` is a token, '' where there is none. */
export type BucketPage<Fact> = {
  buckets: Bucket<Fact>[];
  hasMore: boolean;
  nextPage: string;
};

/** `day`: the UTC day that it starts in; `start`: the moment, in unix seconds. */
export type Bucket<Fact> = { day: Day; start: number; facts: Fact[] };
