import { z } from 'zod';
import { dayAt } from '#domain/day.ts';
import { list, text, unixSeconds } from '../http/fields.ts';

/** A page of daily buckets, each with the UTC day that it starts in; `nextPage` is '' where none is named. */
export type BucketPage<Fact> = {
  buckets: { day: string; facts: Fact[] }[];
  hasMore: boolean;
  nextPage: string;
};

/** The page that costs and all usage endpoints answer with, for one kind of row. */
export function bucketPage<Fact>(row: z.ZodType<Fact>): z.ZodType<BucketPage<Fact>> {
  return z
    .looseObject({
      data: list(
        z
          .looseObject({ start_time: unixSeconds, results: list(row) })
          .transform(({ start_time, results }) => ({ day: dayAt(start_time * 1000), facts: results })),
      ),
      has_more: z.boolean().nullish(),
      next_page: text,
    })
    .transform(({ data, has_more, next_page }) => ({
      buckets: data,
      hasMore: has_more ?? next_page !== '',
      nextPage: next_page,
    }));
}
