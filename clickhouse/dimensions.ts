import { z } from 'zod';
import { type AggregateQuestion, aggregate, aggregateRow, type Position } from './aggregate.ts';
import type { Warehouse } from './client.ts';
import { type CostDimension, costFacts } from './cost-facts.ts';

export type DimensionQuestion = Pick<AggregateQuestion, 'from' | 'to' | 'filters' | 'limit' | 'after' | 'search'> & {
  name: CostDimension;
};
export type DimensionValue = { value: string; name: string; amount: string | null };

const row = aggregateRow.extend({ the_has_one_currency: z.boolean() });

/** The values that a dimension of a tenant's costs has, the dearest first; no amount where currencies are mixed. */
export async function listDimension(
  warehouse: Warehouse,
  tenantId: string,
  { name, ...question }: DimensionQuestion,
): Promise<{ data: DimensionValue[]; next: Position | null }> {
  const asked = {
    ...question,
    granularity: 'total' as const,
    group_by: [name],
    order: { by: 'amount', descending: true },
    compare: false,
  };
  const { groups, next } = await aggregate(warehouse, tenantId, costFacts, asked, row);
  return {
    data: groups.map(({ keys, names, sums, the_has_one_currency }) => ({
      value: keys[0] ?? '',
      name: names[0] ?? '',
      amount: the_has_one_currency ? (sums[0] ?? '0') : null,
    })),
    next,
  };
}
