import { z } from 'zod';
import { dayAt } from '#domain/day.ts';
import { list, text, unixSeconds } from '../../http/fields.ts';
import type { BucketPage } from '../../reports/bucket-page.ts';

/** The schema of a page as the costs and usage endpoints send it, for one kind of row. */
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
