import { z } from 'zod';
import { costDimensions } from '#clickhouse/aggregates/cost-facts.ts';
import { sumCosts } from '#clickhouse/aggregates/costs.ts';
import { readFreshness, readMissingBefore } from '#clickhouse/coverage/freshness.ts';
import { checkDayRange } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import { aggregateParameters, toQuestion } from '../aggregates/aggregate-parameters.ts';
import { aboutAnswer, decimal, keyFields, previousFields } from '../aggregates/aggregate-response.ts';
import { encodeCursor } from '../aggregates/cursor.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';

const query = checkDayRange(z.strictObject(aggregateParameters(costDimensions, ['amount'], 'amount', 10_000)));

const costGroup = z
  .object({
    ...keyFields(costDimensions),
    amount: decimal,
    quantity: decimal.nullable().meta({
      description: 'What was billed, in quantity_unit; null unless all facts have a quantity and share a unit',
    }),
    quantity_unit: z.string().nullable(),
    previous_amount: decimal.optional().meta({ description: 'Of the previous period, with compare' }),
    change: decimal.optional().meta({ description: 'amount − previous_amount, with compare' }),
  })
  .meta({ id: 'CostGroup' });

const costs = z
  .object({
    ...aboutAnswer(costDimensions),
    currency: z
      .string()
      .nullable()
      .meta({
        description:
          'ISO 4217, lower case; null where there are several. Where there are no costs, the one that is filtered for; ' +
          'usd, in which OpenAI bills, without a filter',
      }),
    total: decimal
      .nullable()
      .meta({ description: 'Of all rows of all pages; null where they are in several currencies' }),
    previous: z
      .object({
        ...previousFields,
        total: decimal.nullable(),
        change: decimal.nullable(),
        change_percent: decimal.nullable().meta({
          description: 'Two digits; null where there was nothing before, or not the whole of it: see missing_days',
        }),
      })
      .nullable()
      .meta({ description: 'With compare: the same number of days immediately before' }),
    data: z.array(costGroup),
  })
  .meta({ id: 'Costs' });
export type Costs = z.infer<typeof costs>;

/** What a tenant's costs are, summed; with how far they can be trusted. Money is decimal text. */
export const readCosts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs',
    scope: 'costs:read',
    operationId: 'readCosts',
    summary: 'Costs over a range of days, summed by what is asked for',
    description:
      'One row per period and group. A group that only the previous period has is here with an amount of 0. ' +
      'Amounts of several currencies are not added up: filter by `currency`, or group by it.',
    query,
    answers: { 200: { description: 'Sums, a page of them, and the total of all', body: costs } },
    problems: ['not_found', 'mixed_currencies'],
    cached: true,
    async handle({ tenantId, query, revision }) {
      const { asked, question } = toQuestion(query);
      const { from, to, granularity, group_by } = question;
      const integrations = query.integration_id;
      const meant = { from, to, integrations, datasets: ['costs'] };
      const [{ next, ...sums }, freshness, missing_days] = await Promise.all([
        sumCosts(warehouse, tenantId, question),
        readFreshness(warehouse, tenantId, meant),
        question.compare ? readMissingBefore(warehouse, tenantId, meant) : [],
        requireIntegrations(warehouse, tenantId, integrations),
      ]);
      const next_cursor = next && encodeCursor(asked, next);
      const previous = sums.previous && {
        ...sums.previous,
        missing_days,
        change_percent: missing_days.length > 0 ? null : sums.previous.change_percent,
      };
      return { 200: { from, to, granularity, group_by, ...sums, previous, next_cursor, ...freshness, revision } };
    },
  });
