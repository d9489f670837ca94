import { z } from 'zod';
import { listDimension, listedDimensions } from '#clickhouse/aggregates/dimensions.ts';
import { checkDayRange, dayRange, integrationId, repeatable } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import { paging } from '../aggregates/aggregate-parameters.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import { decodeCursor, encodeCursor } from '../aggregates/cursor.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';

const query = checkDayRange(
  z.strictObject({
    ...dayRange,
    search: z
      .string('must be given once')
      .max(200, 'must have at most 200 characters')
      .optional()
      .meta({ description: 'Part of the value or the name, in upper or lower case' }),
    integration_id: repeatable(integrationId, 50).meta({ description: 'Any of these integrations' }),
    ...paging(10_000),
  }),
);

const dimensionValue = z
  .object({
    value: z.string().meta({ description: 'Empty where costs or usage are not attributed' }),
    name: z.string().meta({ description: 'What people call it; the value where it has no name' }),
    amount: decimal.nullable().meta({
      description: 'Costs over the range; null where they are in several currencies, and of a dimension of usage alone',
    }),
  })
  .meta({ id: 'DimensionValue' });

/** What a filter can be set to. */
export const readDimensions = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/dimensions/:name',
    scope: 'costs:read',
    operationId: 'readDimension',
    summary: 'The values that a dimension has over a range of days, the dearest first',
    description:
      'Of a dimension that only usage has (`dataset`, `batch`, `size`, …), those with the most requests come first.',
    params: z.object({
      name: z
        .enum(listedDimensions, `must be one of ${listedDimensions.join(', ')}`)
        .meta({ description: 'As the columns and filters of costs and usage are named' }),
    }),
    query,
    answers: {
      200: {
        description: 'Values, the dearest first',
        body: z.object({ data: z.array(dimensionValue), next_cursor: z.string().nullable() }),
      },
    },
    problems: ['not_found'],
    cached: true,
    async handle({ tenantId, params: { name }, query: { limit, cursor, integration_id, ...question } }) {
      const asked = { group_by: [name], ...question, integration_id };
      const filters = { integration_id };
      const [{ data, next }] = await Promise.all([
        listDimension(warehouse, tenantId, { name, ...question, filters, limit, after: decodeCursor(asked, cursor) }),
        requireIntegrations(warehouse, tenantId, integration_id),
      ]);
      return { 200: { data, next_cursor: next && encodeCursor(asked, next) } };
    },
  });
