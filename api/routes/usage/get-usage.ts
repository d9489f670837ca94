import { z } from 'zod';
import { sumUsage } from '#clickhouse/aggregates/usage.ts';
import { usageDimensions } from '#clickhouse/aggregates/usage-facts.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { json, route } from '../../http/route.ts';
import { aggregateParameters, toQuestion } from '../aggregates/aggregate-parameters.ts';
import { commonFields, decimal, keyFields, previousFields } from '../aggregates/aggregate-response.ts';
import { encodeCursor } from '../aggregates/cursor.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireFound } from '../integrations/require-integrations.ts';
import { checkDayRange } from '../parameters.ts';

// A row holds every metric, three times with compare. Writing more rows would block other requests.
const MAX_ROWS = 1000;
const query = checkDayRange(
  z.strictObject(aggregateParameters(usageDimensions, USAGE_METRICS, 'num_model_requests', MAX_ROWS)),
);

const metricFields = Object.fromEntries(USAGE_METRICS.map((name) => [name, decimal])) as Record<
  (typeof USAGE_METRICS)[number],
  typeof decimal
>;
const metrics = z.object(metricFields).meta({ id: 'UsageMetrics', description: 'Named as OpenAI names them' });

const usageGroup = z
  .object({
    ...keyFields(usageDimensions),
    ...metricFields,
    other_metrics: z
      .record(z.string(), decimal)
      .meta({ description: 'Metrics that this version has no field for, named as OpenAI names them' }),
    previous: metrics.optional().meta({ description: 'The metrics of the previous period, with compare' }),
    change: metrics.optional().meta({ description: 'The metrics minus those of the previous period, with compare' }),
  })
  .meta({ id: 'UsageGroup' });

const usage = z
  .object({
    ...commonFields(usageDimensions),
    total: metrics.meta({ description: 'The sum over all pages; for usage_bytes, the last day that reports any' }),
    previous: z
      .object({ ...previousFields, total: metrics, change: metrics })
      .meta({ id: 'PreviousUsage' })
      .nullable()
      .meta({ description: 'With compare: the same number of days immediately before the range' }),
    data: z.array(usageGroup),
  })
  .meta({ id: 'Usage' });

/** A tenant's usage, summed in OpenAI's own metrics, with how complete it is. */
export const getUsage = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/usage',
    scope: 'costs:read',
    operationId: 'getUsage',
    summary: 'Gets usage over a range of days, summed by the dimensions you choose',
    description:
      'One row per period and group; `dataset` is the endpoint, such as `usage/completions`. Metrics that an endpoint ' +
      'does not report are 0.\n\n' +
      'OpenAI counts the requests of web searches in `usage/completions` too. So `num_model_requests` of ' +
      '`usage/web_search_calls` is 0, unless a filter by `dataset` excludes completions.\n\n' +
      '`usage_bytes` is a stock and never summed over days: each period has the value of the last day on which the ' +
      'integration reports any, and the total has that of the last such day of the range.',
    query,
    responses: { 200: { description: 'One page of sums, and the totals over all pages', body: usage } },
    problems: ['not_found'],
    conditional: 'one statement',
    async handle({ tenantId, query, revision }) {
      const { identity, question } = toQuestion(query);
      const { from, to, granularity, group_by } = question;
      const { next, freshness, ...sums } = await sumUsage(warehouse, tenantId, question);
      requireFound(freshness, query.integration_id);
      const { synced_through, missing_days, missing_before, history_start: history_from } = freshness;
      const next_cursor = next && encodeCursor(identity, next);
      const previous = sums.previous && { ...sums.previous, missing_days: missing_before };
      const known = { synced_through, missing_days, history_from, revision };
      return json(200, { from, to, granularity, group_by, ...sums, previous, next_cursor, ...known });
    },
  });
