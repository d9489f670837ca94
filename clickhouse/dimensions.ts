import { z } from 'zod';
import { type AggregateQuestion, aggregate, type Position } from './aggregate.ts';
import type { Warehouse } from './client.ts';
import { type CostDimension, costFacts } from './cost-facts.ts';

export type DimensionQuestion = Pick<AggregateQuestion, 'from' | 'to' | 'filters' | 'limit' | 'after' | 'search'> & {
  name: CostDimension;
};
export type DimensionValue = { value: string; name: string; amount: string | null };

const details = z.object({ the_has_one_currency: z.boolean() });

/** The values that a dimension of a tenant's costs has, the dearest first; no amount where currencies are mixed. */
export async function listDimension(
  warehouse: Warehouse,
  tenantId: string,
  { name, ...question }: DimensionQuestion,
): Promise<{ data: DimensionValue[]; next: Position | null }> {
  const { groups, next } = await aggregate(warehouse, tenantId, costFacts, {
    ...question,
    granularity: 'total',
    group_by: [name],
    order: { by: 'amount', descending: true },
    compare: false,
  });
  return {
    data: groups.map((group) => {
      const { the_has_one_currency } = details.parse(group);
      const [value = '', named = '', amount = '0'] = [group.keys[0], group.names[0], group.sums[0]];
      return { value, name: named, amount: the_has_one_currency ? amount : null };
    }),
    next,
  };
}
