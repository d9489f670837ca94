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
export function readCostsQuery(params: URLSearchParams, { knobs, ...clock }: Clock & { knobs: Knobs }): CostsQuery {
  const { keysKnownSince, apiSources, apiSourcesSince, usersApart, mostCostBuckets } = knobs;
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
  if (apiSourcesSince !== '' && query.groupBy.has('api_source') && query.from < apiSourcesSince) {
    const message = `The earliest supported start date for api_source is ${apiSourcesSince}.`;
    throw new Refusal(400, message, { param: 'start_time', code: 'invalid_request_error' });
  }
  const byProject = query.groupBy.has('project_id') || query.filters.has('project_id');
  const isApart = usersApart && query.from < usersApart.to && query.to > usersApart.from;
  if (isApart && byProject && query.groupBy.has('user_id')) {
    const message = 'Combining user_id with project_id is not supported for the requested time range.';
    throw new Refusal(400, message, { param: 'group_by', code: 'invalid_request_error' });
  }
  return query;
}
