import type { Day } from '../arithmetic/day.ts';
import { bucketPage } from '../http/bucket-pages.ts';
import { filtered, readBucketQuery } from '../http/bucket-query.ts';
import type { Identity } from '../http/keys.ts';
import type { SimulatedResponse } from '../http/response.ts';
import { type UsageDimension, type UsageEndpoint, usageDimensions } from '../usage/usage-catalog.ts';
import type { UsageLedger } from '../usage/usage-ledger.ts';
import { usageRows } from '../usage/usage-rows.ts';
import type { CostsDeps } from './costs-endpoint.ts';

export interface UsageDeps extends CostsDeps {
  usage: UsageLedger;
}

/** Dimensions with a filter: the service tier has none. */
const filters: Partial<Record<UsageDimension, string>> = {
  project_id: 'project_ids',
  user_id: 'user_ids',
  api_key_id: 'api_key_ids',
  model: 'models',
  batch: 'batch',
  size: 'sizes',
  source: 'sources',
  vector_store_id: 'vector_store_ids',
  context_level: 'context_levels',
};

/** `GET /organization/usage/{endpoint}` */
export function usage(
  endpoint: UsageEndpoint,
  params: URLSearchParams,
  { organization, idle }: Identity,
  { ledger, usage, knobs, latest, secret }: UsageDeps,
): SimulatedResponse {
  const dimensions = usageDimensions(endpoint).filter((name) => knobs.apiSources || name !== 'api_source');
  const allowed = { dimensions, filters, mostBuckets: 31 };
  const clock = { today: ledger.today(), latest: latest(), lookbackDays: knobs.lookbackDays };
  const query = readBucketQuery(params, allowed, clock);
  const facts = (day: Day) =>
    idle ? [] : filtered(usage.facts(endpoint, day), query, (fact, dimension) => fact.dimensions[dimension]);
  const series = {
    ...query,
    grouping: [...query.groupBy, knobs.cacheWriteRetention].sort().join(),
    facts,
    rows: (day: Day) => usageRows(endpoint, facts(day), query.groupBy, knobs.cacheWriteRetention),
  };
  const binding = {
    secret,
    endpoint,
    organizationId: organization.id,
    params,
    revision: usage.revision(),
    maxAgeSeconds: knobs.pageTokenSeconds,
  };
  return bucketPage(params, series, binding, knobs);
}
