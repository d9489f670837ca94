import { z } from 'zod';
import { costDimensions } from '#clickhouse/aggregates/cost-facts.ts';
import { sumCosts } from '#clickhouse/aggregates/costs.ts';
import { json, route } from '../../http/route.ts';
import { aggregateParameters, toQuestion } from '../aggregates/aggregate-parameters.ts';
import { commonFields, decimal, keyFields, previousFields } from '../aggregates/aggregate-response.ts';
import { encodeCursor } from '../aggregates/cursor.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireFound } from '../integrations/require-integrations.ts';
import { checkPeriods, periodParameter, periodsOf } from './periods.ts';

const query = checkPeriods(
  z.strictObject({ ...aggregateParameters(costDimensions, ['amount'], 'amount', 10_000), period: periodParameter }),
);

const costGroup = z
  .object({
    ...keyFields(costDimensions),
    amount: decimal,
    quantity: decimal.nullable().meta({
      description: 'The billed quantity in quantity_unit; null unless all facts have a quantity in the same unit',
    }),
    quantity_unit: z.string().nullable(),
    previous_amount: decimal.optional().meta({ description: 'The amount of the previous period, with compare' }),
    change: decimal.optional().meta({ description: 'amount − previous_amount, with compare' }),
  })
  .meta({ id: 'CostGroup' });

const costs = z
  .object({
    ...commonFields(costDimensions),
    currency: z
      .string()
      .nullable()
      .meta({
        description:
          'ISO 4217, lower case; null if there are several. Without costs: the currency of the filter, or else usd, ' +
          'in which OpenAI bills',
      }),
    total: decimal.nullable().meta({ description: 'The sum over all pages; null if it would mix currencies' }),
    previous: z
      .object({
        ...previousFields,
        total: decimal.nullable(),
        change: decimal.nullable(),
        change_percent: decimal.nullable().meta({
          description: 'Two decimals; null if the previous period has no costs or is incomplete, see missing_days',
        }),
      })
      .meta({ id: 'PreviousCosts' })
      .nullable()
      .meta({ description: 'With compare: the same number of days immediately before the range' }),
    data: z.array(costGroup),
  })
  .meta({ id: 'Costs' });
export type Costs = z.infer<typeof costs>;

/** A tenant's costs, summed, with how complete they are. Money is decimal text. */
export const getCosts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs',
    scope: 'costs:read',
    operationId: 'getCosts',
    summary: 'Gets costs over a range of days, summed by the dimensions you choose',
    description:
      'One row per period and group. A group that only the previous period has gets an amount of 0. ' +
      'Amounts in several currencies are not added up: filter by `currency`, or group by it.',
    query,
    responses: { 200: { description: 'One page of sums, and the total over all pages', body: costs } },
    problems: ['not_found', 'mixed_currencies'],
    conditional: 'one statement',
    async handle({ tenantId, query: { period, ...query }, revision }) {
      const periods = periodsOf({ period });
      const { identity, question } = toQuestion(query, periods);
      const { from, to, granularity, group_by } = question;
      const { next, freshness, ...sums } = await sumCosts(warehouse, tenantId, question);
      requireFound(freshness, query.integration_id);
      const { synced_through, missing_before, history_start: history_from } = freshness;
      const isAsked = (day: string) => !periods || periods.some(({ from, to }) => day >= from && day < to);
      const missing_days = freshness.missing_days.filter(isAsked);
      const next_cursor = next && encodeCursor(identity, next);
      const previous = sums.previous && {
        ...sums.previous,
        missing_days: missing_before,
        change_percent: missing_before.length > 0 ? null : sums.previous.change_percent,
      };
      const known = { synced_through, missing_days, history_from, revision };
      return json(200, { from, to, granularity, group_by, ...sums, previous, next_cursor, ...known });
    },
  });
