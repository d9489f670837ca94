import { z } from 'zod';
import { dayAt } from '#domain/day.ts';
import { list, text, unixSeconds } from '../../http/fields.ts';
import { type ReadRow, rows } from '../../http/rows.ts';
import type { BucketPage } from '../../reports/query/bucket-page.ts';

/** The schema of a page as the costs and usage endpoints send it, for one kind of row. */
export function bucketPage<Fact>(readRow: ReadRow<Fact>): z.ZodType<BucketPage<Fact>> {
  const results = rows(readRow);
  const bucket = z
    .looseObject({ start_time: unixSeconds, results, result: results })
    .transform(({ start_time, results, result }, context) => {
      const facts = oneOf(results, result);
      if (facts) return { day: dayAt(start_time * 1000), start: start_time, facts };
      context.addIssue({ code: 'custom', path: ['results'], message: 'missing, or sent twice' });
      return z.NEVER;
    });
  return z
    .looseObject({ data: list(bucket), has_more: z.boolean().nullish(), next_page: text })
    .transform(({ data, has_more, next_page }) => ({
      buckets: data,
      hasMore: has_more ?? next_page !== '',
      nextPage: next_page,
    }));
}

/** OpenAI's reference spells a bucket's list `results` and `result`. Undefined where neither is sent, or both have rows. */
function oneOf<Fact>(results: Fact[] | undefined, result: Fact[] | undefined): Fact[] | undefined {
  if (results?.length && result?.length) return undefined;
  return results?.length ? results : (result ?? results);
}
