import { z } from 'zod';
import { sumUsage } from '#clickhouse/aggregates/usage.ts';
import { usageDimensions } from '#clickhouse/aggregates/usage-facts.ts';
import { readFreshness, readMissingBefore } from '#clickhouse/coverage/freshness.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { checkDayRange } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import { aggregateParameters, toQuestion } from '../aggregates/aggregate-parameters.ts';
import { aboutAnswer, decimal, keyFields, previousFields } from '../aggregates/aggregate-response.ts';
import { encodeCursor } from '../aggregates/cursor.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';

// A row holds every metric, thrice where it is compared: to write more of them would keep other requests waiting.
const MAX_ROWS = 1000;
const query = checkDayRange(
  z.strictObject(aggregateParameters(usageDimensions, USAGE_METRICS, 'num_model_requests', MAX_ROWS)),
);

const metricFields = Object.fromEntries(USAGE_METRICS.map((name) => [name, decimal])) as Record<
  (typeof USAGE_METRICS)[number],
  typeof decimal
>;
const metrics = z.object(metricFields).meta({ id: 'UsageMetrics', description: 'By OpenAI’s own names' });

const usageGroup = z
  .object({
    ...keyFields(usageDimensions),
    ...metricFields,
    other_metrics: z
      .record(z.string(), decimal)
      .meta({ description: 'Numbers that this version has no field for, by OpenAI’s own names' }),
    previous: metrics.optional().meta({ description: 'Of the previous period, with compare' }),
    change: metrics.optional().meta({ description: 'The metrics less their previous ones, with compare' }),
  })
  .meta({ id: 'UsageGroup' });

const usage = z
  .object({
    ...aboutAnswer(usageDimensions),
    total: metrics.meta({ description: 'Of all rows of all pages; of usage_bytes, on the last day that has any' }),
    previous: z
      .object({ ...previousFields, total: metrics, change: metrics })
      .nullable()
      .meta({ description: 'With compare: the same number of days immediately before' }),
    data: z.array(usageGroup),
  })
  .meta({ id: 'Usage' });

/** What a tenant used, summed by OpenAI's own names; with how far it can be trusted. */
export const readUsage = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/usage',
    scope: 'costs:read',
    operationId: 'readUsage',
    summary: 'Usage over a range of days, summed by what is asked for',
    description:
      'One row per period and group; `dataset` is the endpoint, such as `usage/completions`. A metric that an endpoint ' +
      'does not have is 0.\n\n' +
      'Requests of web searches are counted by `usage/completions` too: `num_model_requests` of `usage/web_search_calls` ' +
      'are left out (0) unless a filter by `dataset` leaves completions out.\n\n' +
      '`usage_bytes` is a stock, which is never summed over days: of each period it is what is held on the last day that ' +
      'the integration reports any, and the total is what is held on the last such day of the range.',
    query,
    answers: { 200: { description: 'Sums, a page of them, and the totals of all', body: usage } },
    problems: ['not_found'],
    cached: true,
    async handle({ tenantId, query, revision }) {
      const { asked, question } = toQuestion(query);
      const { from, to, granularity, group_by } = question;
      const integrations = query.integration_id;
      const meant = { from, to, integrations, datasets: query.dataset };
      const [{ next, ...sums }, freshness, missing_days] = await Promise.all([
        sumUsage(warehouse, tenantId, question),
        readFreshness(warehouse, tenantId, meant),
        question.compare ? readMissingBefore(warehouse, tenantId, meant) : [],
        requireIntegrations(warehouse, tenantId, integrations),
      ]);
      const next_cursor = next && encodeCursor(asked, next);
      const previous = sums.previous && { ...sums.previous, missing_days };
      return { 200: { from, to, granularity, group_by, ...sums, previous, next_cursor, ...freshness, revision } };
    },
  });
