import { z } from 'zod';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, selectFacts } from '../aggregates/select-facts.ts';
import { sql } from '../client/sql.ts';
import { IS_UNKNOWN, type notUnderstood, type rareDimensions } from './not-understood.ts';
import {
  foundPrices,
  highestPrices,
  PRICE_COLUMNS,
  PRICED,
  toUnitPrices,
  UNIT_COLUMNS,
  type UnitPrice,
} from './unit-prices.ts';

const RARE = ['api_source', 'service_tier'] as const;
const MOST_LINE_ITEMS = 10;
const IS_LINE = 'is_line_item';

/** The columns of the step `recent`. */
export const recent = z.object({
  unknown_amount: z.string(),
  unclassified_amount: z.string(),
  all_amount: z.string(),
  line_items: z.array(z.string()),
  api_sources: z.array(z.string()),
  service_tiers: z.array(z.string()),
  prices: foundPrices.optional(),
});

/**
 * SQL steps whose last one, `recent`, has one row: how much of the costs since `priced_from` is for line items that were
 * not understood in full, the values of dimensions that few organizations have, whatever is filtered by but
 * integration_id, and prices if they are asked for. One read for all: reading the facts is what it costs.
 */
export function recentSteps(filters: Filters, { hasPrices }: { hasPrices: boolean }) {
  const { integration_id, ...others } = filters;
  const isNarrowed = Object.values(others).some((values) => values !== undefined);
  const select = (columns: readonly string[], of: Filters) =>
    selectFacts(costFacts, columns, of, { from: '{priced_from: Date}' });
  const columns = ['line_item', 'token_type', 'unknown_qualifier', 'amount', ...RARE];
  const valuesOf = (name: (typeof RARE)[number], ofGroups: string) =>
    isNarrowed
      ? `(SELECT arraySort(groupUniqArray(toString(${name}))) FROM all_recent_facts)`
      : `arraySort(groupUniqArrayArrayIf(${ofGroups}, ${IS_LINE}))`;
  const withPrices = (text: string) => (hasPrices ? text : '');
  return {
    ...(isNarrowed && { all_recent_facts: select(RARE, { integration_id }) }),
    recent_facts: select(hasPrices ? [...columns, ...PRICED, 'quantity', 'quantity_unit'] : columns, filters),
    recent_lines: sql`
      SELECT
        *${withPrices(`,\n${UNIT_COLUMNS}`)}
      FROM recent_facts`,
    recent_groups: sql`
      SELECT
        line_item,
        grouping(line_item) = 0 AS ${IS_LINE},
        sum(abs(amount)) AS group_amount,
        sumIf(abs(amount), ${IS_UNKNOWN}) AS group_unknown,
        sumIf(abs(amount), token_type = 'other') AS group_unclassified,
        groupUniqArray(toString(api_source)) AS group_sources,
        groupUniqArray(toString(service_tier)) AS group_tiers${withPrices(`,\n${PRICED.join(', ')}, unit,\n${PRICE_COLUMNS}`)}
      FROM recent_lines
      GROUP BY GROUPING SETS ((line_item)${withPrices(`, (${PRICED.join(', ')}, unit)`)})`,
    recent: sql`
      SELECT
        sumIf(group_unknown, ${IS_LINE}) AS unknown_amount,
        sumIf(group_unclassified, ${IS_LINE}) AS unclassified_amount,
        sumIf(group_amount, ${IS_LINE}) AS all_amount,
        arrayMap(
          line -> toString(line.2),
          arraySlice(
            arraySort(groupArrayIf((-group_unknown, line_item), ${IS_LINE} AND group_unknown > 0)),
            1,
            ${String(MOST_LINE_ITEMS)}
          )
        ) AS line_items,
        ${valuesOf('api_source', 'group_sources')} AS api_sources,
        ${valuesOf('service_tier', 'group_tiers')} AS service_tiers${withPrices(`,\n${highestPrices(`NOT ${IS_LINE}`)} AS prices`)}
      FROM recent_groups`,
  };
}

type Recent = {
  not_understood: z.infer<typeof notUnderstood>;
  rare_dimensions: z.infer<typeof rareDimensions>;
  unit_costs: UnitPrice[] | undefined;
};

export const toRecent = ({
  unknown_amount,
  unclassified_amount,
  all_amount,
  line_items,
  api_sources,
  service_tiers,
  prices,
}: z.infer<typeof recent>): Recent => ({
  unit_costs: prices && toUnitPrices(prices),
  not_understood: { amount: unknown_amount, unclassified_amount, all_amount, line_items },
  rare_dimensions: { api_source: api_sources, service_tier: service_tiers },
});
