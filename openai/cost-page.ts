import { z } from 'zod';
import { costRow } from './cost-fact.ts';
import { toDay } from './days.ts';
import { list, text, unixSeconds } from './fields.ts';

/** A page of the costs endpoint; buckets carry the UTC day that they start in. */
export const costPage = z
  .looseObject({
    data: list(
      z
        .looseObject({ start_time: unixSeconds, results: list(costRow) })
        .transform(({ start_time, results }) => ({ day: toDay(start_time), facts: results })),
    ),
    has_more: z.boolean().nullish(),
    next_page: text,
  })
  .transform(({ data, has_more, next_page }) => ({
    buckets: data,
    hasMore: has_more ?? next_page !== '',
    nextPage: next_page,
  }));
