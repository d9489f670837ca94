import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import type { Freshness } from '../coverage/to-freshness.ts';
import { aggregate, aggregateRow } from './aggregate.ts';
import { costDimensions, costFacts } from './cost-facts.ts';
import type { FactTable } from './fact-table.ts';
import type { AggregateQuestion, Position } from './question.ts';
import { usageFacts } from './usage-facts.ts';

const usageAlone = ['dataset', 'batch', 'size', 'source', 'context_level', 'vector_store_id'] as const;
export const listedDimensions = [...costDimensions, ...usageAlone] as const;
export type ListedDimension = (typeof listedDimensions)[number];

const REQUESTS = 'num_model_requests + num_requests';

/** Usage with one measure, by which values are ordered: the number of requests. */
const requestFacts: FactTable = {
  ...usageFacts({ granularity: 'total', compare: false, filters: {} }),
  measures: {
    requests: { columns: ['num_model_requests', 'num_requests'], sql: (of) => of('sum', REQUESTS) },
  },
  contributions: {},
  groupColumns: {},
  subqueries: {},
};

export type DimensionQuestion = Pick<AggregateQuestion, 'from' | 'to' | 'filters' | 'limit' | 'after' | 'search'> & {
  name: ListedDimension;
};
export type DimensionValue = { value: string; name: string; label: string; amount: string | null };

const row = aggregateRow.extend({
  labels: z.array(z.string()),
  // Of costs:
  group_least_currency: z.string().optional(),
  group_greatest_currency: z.string().optional(),
});

/**
 * The values of a dimension of a tenant's costs, highest cost first. `amount` is null where a value has costs in several
 * currencies. Values of a dimension that only usage has come without amounts, those with the most requests first.
 */
export async function listDimension(
  warehouse: Warehouse,
  tenantId: string,
  { name, ...question }: DimensionQuestion,
): Promise<{ data: DimensionValue[]; next: Position | null; freshness: Freshness }> {
  const isOfUsage = usageAlone.some((each) => each === name);
  const table: FactTable = isOfUsage ? requestFacts : costFacts;
  const { groups, next, freshness } = await aggregate(
    warehouse,
    tenantId,
    table,
    {
      ...question,
      granularity: 'total',
      group_by: [name],
      order: { by: isOfUsage ? 'requests' : 'amount', descending: true },
      compare: false,
      labels: true,
    },
    row,
  );
  return {
    data: groups.map(({ keys, names, labels, group_sums, group_least_currency, group_greatest_currency }) => ({
      value: keys[0] ?? '',
      name: names[0] ?? '',
      label: labels[0] ?? '',
      amount: !isOfUsage && group_least_currency === group_greatest_currency ? (group_sums[0] ?? '0') : null,
    })),
    next,
    freshness,
  };
}
