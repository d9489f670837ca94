import { z } from 'zod';
import { previousRange } from '#domain/day.ts';
import { percentOf } from '#domain/decimal.ts';
import type { Warehouse } from '../client/client.ts';
import type { Freshness } from '../coverage/to-freshness.ts';
import { aggregate, aggregateRow, fieldsOf } from './aggregate.ts';
import { type CostDimension, costFacts, isKnownUnit, textOf } from './cost-facts.ts';
import type { AggregateQuestion, Position } from './question.ts';

export type CostsQuestion = AggregateQuestion & { group_by: readonly CostDimension[] };

/** A group of costs: its period, its dimensions and their names, and its sums as decimal text. */
export type CostGroup = {
  period: string | null;
  amount: string;
  /** Null where its facts do not all have a quantity in the same unit. */
  quantity: string | null;
  quantity_unit: string | null;
  previous_amount?: string;
  change?: string;
} & Partial<Record<CostDimension | 'project_name' | 'api_key_name' | 'user_name' | 'organization_name', string>>;

export type Costs = {
  /**
   * Null where the groups are of several currencies; the totals are null then, too. Without costs it is the only
   * currency of the filter, or `usd`, in which OpenAI bills, if there is no filter.
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
  freshness: Freshness;
};

/** Amounts of different currencies do not add up. */
export class MixedCurrenciesError extends Error {
  override readonly name = 'MixedCurrenciesError';
}

const row = aggregateRow.extend({
  group_unmeasured_facts: z.string(),
  group_quantity: z.string().nullable(), // null where no fact has one
  group_least_unit: z.string(),
  group_greatest_unit: z.string(),
  group_least_currency: z.string(),
  group_greatest_currency: z.string(),
});
type Row = z.infer<typeof row>;

/**
 * A tenant's costs, summed.
 * @throws MixedCurrenciesError where amounts of several currencies would be added up
 */
export async function sumCosts(warehouse: Warehouse, tenantId: string, question: CostsQuestion): Promise<Costs> {
  const { groups, totals, next, freshness } = await aggregate(warehouse, tenantId, costFacts, question, row);
  const isMixed = totals?.group_least_currency !== totals?.group_greatest_currency;
  if (isMixed && !question.group_by.includes('currency')) {
    throw new MixedCurrenciesError('The costs are in several currencies. Group by currency, or filter by one.');
  }
  const total = isMixed ? null : first(totals?.group_sums);
  const previousTotal = isMixed ? null : first(totals?.previous_sums);
  const change = isMixed ? null : first(totals?.changes);
  const changePercent = change && previousTotal && percentOf(change, previousTotal);
  return {
    currency: isMixed ? null : totals ? textOf(totals.group_least_currency) : filteredCurrency(question),
    total,
    previous: question.compare
      ? { ...previousRange(question), total: previousTotal, change, change_percent: changePercent }
      : null,
    data: groups.map((group) => toCostGroup(question, group)),
    next,
    freshness,
  };
}

function toCostGroup(question: CostsQuestion, row: Row): CostGroup {
  // Quantities of several units do not add up, nor do those of which some are unknown.
  const isOfOneUnit = row.group_least_unit === row.group_greatest_unit && isKnownUnit(row.group_least_unit);
  const hasQuantity = row.group_unmeasured_facts === '0' && isOfOneUnit;
  return {
    ...fieldsOf(costFacts, question, row),
    amount: first(row.group_sums),
    quantity: hasQuantity ? row.group_quantity : null,
    quantity_unit: hasQuantity ? textOf(row.group_least_unit) : null,
    ...(question.compare && { previous_amount: first(row.previous_sums), change: first(row.changes) }),
  } as CostGroup;
}

/** The sum of the only measure; '0' where there are no costs. */
const first = (sums: readonly string[] = []) => sums[0] ?? '0';

function filteredCurrency({ filters: { currency = ['usd'] } }: CostsQuestion): string | null {
  return currency.length === 1 ? (currency[0] ?? null) : null;
}
