import { z } from 'zod';
import { type CostDimension, costDimensions } from '#clickhouse/aggregates/cost-facts.ts';
import { listOf } from './fields.ts';
import { MAX_VALUES } from './parameters.ts';

const MAX_FILTERS = 3;

const filterable = costDimensions.filter((name): name is Exclude<CostDimension, 'currency'> => name !== 'currency');
const value = z.string('must be text').max(500, 'must have at most 500 characters');
const filter = listOf(value, MAX_VALUES).min(1, 'must have at least one value');

/** Which costs something is about. */
export const costFilters = z
  .strictObject(
    Object.fromEntries(filterable.map((name) => [name, filter.optional()])) as Record<
      (typeof filterable)[number],
      z.ZodOptional<typeof filter>
    >,
    'must be an object',
  )
  .refine(
    (given) => Object.values(given).filter(Boolean).length <= MAX_FILTERS,
    `must name at most ${MAX_FILTERS} dimensions`,
  )
  .meta({
    id: 'CostFilters',
    description:
      'By dimension of costs, the values that count: up to three dimensions. The empty value counts what is not attributed. All costs by default',
  });

/** The filters that were given, as they are stored. */
export const namedFilters = (given: z.infer<typeof costFilters>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(given).flatMap(([name, values]) => (values ? [[name, values] as const] : [])));
