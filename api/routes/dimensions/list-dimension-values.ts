import { z } from 'zod';
import { listDimension, listedDimensions } from '#clickhouse/aggregates/dimensions.ts';
import { json, route } from '../../http/route.ts';
import { paging } from '../aggregates/aggregate-parameters.ts';
import { decimal } from '../aggregates/aggregate-response.ts';
import { decodeCursor, encodeCursor } from '../aggregates/cursor.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireFound } from '../integrations/require-integrations.ts';
import { checkDayRange, dayRange, onlyIntegrations } from '../parameters.ts';

const query = checkDayRange(
  z.strictObject({
    ...dayRange,
    search: z
      .string('must be given once')
      .max(200, 'must have at most 200 characters')
      .optional()
      .meta({ description: 'Part of the value or the name, case-insensitive' }),
    integration_id: onlyIntegrations,
    ...paging(10_000),
  }),
);

const dimensionValue = z
  .object({
    value: z.string().meta({ description: 'Empty for costs or usage that are not attributed' }),
    name: z.string().meta({ description: 'The name; the value if it has none' }),
    label: z.string().meta({
      description: 'The name, with the end of the id where several values of the range share it',
    }),
    amount: decimal.nullable().meta({
      description:
        'Costs over the range; null if they are in several currencies or the dimension belongs to usage alone',
    }),
  })
  .meta({ id: 'DimensionValue' });

/** The values that a filter can be set to. */
export const listDimensionValues = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/dimensions/:name',
    scope: 'costs:read',
    operationId: 'listDimensionValues',
    summary: 'Lists the values of a dimension over a range of days, highest cost first',
    description:
      'The values of a dimension that only usage has (`dataset`, `batch`, `size`, …) are ordered by their requests, most first.',
    params: z.object({
      name: z
        .enum(listedDimensions, `must be one of ${listedDimensions.join(', ')}`)
        .meta({ description: 'The name of a column and filter of costs or usage' }),
    }),
    query,
    responses: {
      200: {
        description: 'Values, highest cost first',
        body: z
          .object({ data: z.array(dimensionValue), next_cursor: z.string().nullable() })
          .meta({ id: 'DimensionValues' }),
      },
    },
    problems: ['not_found'],
    conditional: 'one statement',
    async handle({ tenantId, params: { name }, query: { limit, cursor, integration_id, ...rest } }) {
      const question = { group_by: [name], ...rest, integration_id };
      const filters = { integration_id };
      const after = decodeCursor(question, cursor);
      const values = { name, ...rest, filters, limit, after };
      const { data, next, freshness } = await listDimension(warehouse, tenantId, values);
      requireFound(freshness, integration_id);
      return json(200, { data, next_cursor: next && encodeCursor(question, next) });
    },
  });
