import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { type AggregateQuestion, aggregate, aggregateRow, type Position } from './aggregate.ts';
import { costDimensions, costFacts } from './cost-facts.ts';
import type { Facts } from './fact-table.ts';
import { usageFacts } from './usage-facts.ts';

const usageAlone = ['dataset', 'batch', 'size', 'source', 'context_level', 'vector_store_id'] as const;
export const listedDimensions = [...costDimensions, ...usageAlone] as const;
export type ListedDimension = (typeof listedDimensions)[number];

/** Usage, of which only requests are counted: they put values in order. */
const requestFacts: Facts = {
  ...usageFacts('total', undefined),
  measures: {
    requests: {
      columns: ['num_model_requests', 'num_requests'],
      sql: (of) => of('sum', 'num_model_requests + num_requests'),
    },
  },
  totals: {},
  kept: {},
  details: { has_one_currency: 'false' },
};

export type DimensionQuestion = Pick<AggregateQuestion, 'from' | 'to' | 'filters' | 'limit' | 'after' | 'search'> & {
  name: ListedDimension;
};
export type DimensionValue = { value: string; name: string; amount: string | null };

const row = aggregateRow.extend({ the_has_one_currency: z.boolean() });

/**
 * The values that a dimension of a tenant's costs has, the dearest first; no amount where currencies are mixed. Of one
 * that only usage has, those with the most requests first, without amounts.
 */
export async function listDimension(
  warehouse: Warehouse,
  tenantId: string,
  { name, ...question }: DimensionQuestion,
): Promise<{ data: DimensionValue[]; next: Position | null }> {
  const facts: Facts = usageAlone.some((each) => each === name) ? requestFacts : costFacts;
  const asked = {
    ...question,
    granularity: 'total' as const,
    group_by: [name],
    order: { by: Object.keys(facts.measures)[0] ?? '', descending: true },
    compare: false,
  };
  const { groups, next } = await aggregate(warehouse, tenantId, facts, asked, row);
  return {
    data: groups.map(({ keys, names, sums, the_has_one_currency }) => ({
      value: keys[0] ?? '',
      name: names[0] ?? '',
      amount: the_has_one_currency ? (sums[0] ?? '0') : null,
    })),
    next,
  };
}
