import { startOf } from '../arithmetic/day.ts';
import { type Dimension, dimensions } from '../bill/cost-rows.ts';
import { type BucketQuery, type Clock, readBucketQuery } from '../http/bucket-query.ts';
import type { Knobs } from '../http/knobs.ts';
import { Refusal } from '../http/response.ts';

export type CostsQuery = BucketQuery<Dimension>;

const allowed = {
  filters: { project_id: 'project_ids', api_key_id: 'api_key_ids', line_item: 'line_items' },
};

/** Reads the query of the costs; refuses, with 400, what OpenAI refuses. */
export function readCostsQuery(
  params: URLSearchParams,
  {
    keysKnownSince,
    apiSources,
    mostCostBuckets,
    ...clock
  }: Clock & Pick<Knobs, 'keysKnownSince' | 'apiSources' | 'mostCostBuckets'>,
): CostsQuery {
  const query = readBucketQuery(
    params,
    {
      ...allowed,
      mostBuckets: mostCostBuckets,
      dimensions: dimensions.filter((name) => apiSources || name !== 'api_source'),
    },
    clock,
  );
  const late = (['api_key_id', 'user_id'] as const).find((dimension) => query.groupBy.has(dimension));
  if (late && query.start < startOf(keysKnownSince)) {
    const message = `Grouping by ${late} needs a 'start_time' of ${startOf(keysKnownSince)} or later.`;
    throw new Refusal(400, message, { param: 'start_time', code: 'invalid_request_error' });
  }
  return query;
}
