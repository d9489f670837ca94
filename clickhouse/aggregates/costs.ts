import { z } from 'zod';
import { previousRange } from '#domain/day.ts';
import { percentOf } from '#domain/decimal.ts';
import type { Warehouse } from '../client/client.ts';
import { type AggregateQuestion, aggregate, aggregateRow, fieldsOf, type Position } from './aggregate.ts';
import { type CostDimension, costFacts } from './cost-facts.ts';

export type CostsQuestion = AggregateQuestion & { group_by: readonly CostDimension[] };

/** A group of costs: its period, the dimensions that it is grouped by, and their names, beside what is summed. */
export type CostGroup = {
  period: string | null;
  amount: string;
  quantity: string | null;
  quantity_unit: string | null;
  previous_amount?: string;
  change?: string;
} & Partial<Record<CostDimension | 'project_name' | 'api_key_name' | 'user_name' | 'organization_name', string>>;

export type Costs = {
  /**
   * Null where the costs are in several currencies, by which they are grouped then; so are the totals. Of no costs, the
   * one that is filtered for, null where those are several; `usd`, in which OpenAI bills, where there is no filter.
   */
  currency: string | null;
  total: string | null;
  previous: {
    from: string;
    to: string;
    total: string | null;
    change: string | null;
    change_percent: string | null;
  } | null;
  data: CostGroup[];
  next: Position | null;
};

/** Amounts of different currencies do not add up. */
export class MixedCurrenciesError extends Error {
  override readonly name = 'MixedCurrenciesError';
}

const row = aggregateRow.extend({
  the_quantity: z.string().nullable(),
  the_quantity_unit: z.string().nullable(),
  all_currency: z.string(),
  all_mixed: z.boolean(),
});

/**
 * A tenant's costs, summed.
 * @throws MixedCurrenciesError where amounts of several currencies would be added up
 */
export async function sumCosts(warehouse: Warehouse, tenantId: string, question: CostsQuestion): Promise<Costs> {
  const { groups, all, next } = await aggregate(warehouse, tenantId, costFacts, question, row);
  const { currency: [only = null, ...others] = ['usd'] } = question.filters;
  const { all_currency, all_mixed } = all ?? { all_currency: others.length > 0 ? null : only, all_mixed: false };
  if (all_mixed && !question.group_by.includes('currency')) throw new MixedCurrenciesError('Several currencies.');
  const sum = (sums: readonly string[] = ['0']) => (all_mixed ? null : (sums[0] ?? '0'));
  const [total, before, change] = [sum(all?.totals), sum(all?.totals_before), sum(all?.total_changes)];
  const change_percent = change && before && percentOf(change, before);
  return {
    currency: all_mixed ? null : all_currency,
    total,
    previous: question.compare ? { ...previousRange(question), total: before, change, change_percent } : null,
    data: groups.map((group) => {
      const [amount = '0', previous_amount, changed] = [group.sums[0], group.sums_before[0], group.changes[0]];
      return {
        ...fieldsOf(costFacts, question, group),
        amount,
        quantity: group.the_quantity,
        quantity_unit: group.the_quantity_unit,
        ...(question.compare && { previous_amount, change: changed }),
      } as CostGroup;
    }),
    next,
  };
}
