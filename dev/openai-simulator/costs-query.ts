import { Refusal } from './answer.ts';
import { type BucketQuery, type Clock, readBucketQuery } from './bucket-query.ts';
import { type Dimension, dimensions } from './cost-rows.ts';

export type CostsQuery = BucketQuery<Dimension>;

/** Before 2025-12-06 costs are not known by API key or user. */
const KEYS_KNOWN_SINCE = 1_764_979_200;

const allowed = {
  dimensions,
  filters: { project_id: 'project_ids', api_key_id: 'api_key_ids' },
  mostBuckets: 180,
};

/** Reads the query of the costs; refuses, with 400, what OpenAI refuses. */
export function readCostsQuery(params: URLSearchParams, clock: Clock): CostsQuery {
  const query = readBucketQuery(params, allowed, clock);
  const late = (['api_key_id', 'user_id'] as const).find((dimension) => query.groupBy.has(dimension));
  if (late && query.start < KEYS_KNOWN_SINCE) {
    const message = `Grouping by ${late} needs a 'start_time' of ${KEYS_KNOWN_SINCE} or later.`;
    throw new Refusal(400, message, { param: 'start_time', code: 'invalid_request_error' });
  }
  return query;
}
