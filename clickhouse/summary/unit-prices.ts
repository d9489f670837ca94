import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';

const MAX_PRICES = 50;
const DIMENSIONS = ['model', 'token_type', 'modality', 'service_tier', 'qualifier'];

export const unitPrice = z
  .object({
    model: z.string(),
    token_type: z.string(),
    modality: z.string(),
    service_tier: z.string().meta({ description: 'Empty for the default' }),
    qualifier: z
      .string()
      .meta({ description: 'What else the line item says of the price, such as long context; empty for nothing' }),
    unit: z
      .enum(['1000000_tokens', 'images', 'duration_minutes', '1000_characters', 'gibibyte_hours'])
      .meta({ description: 'What the price is for' }),
    price: z.string().meta({ description: 'Effective: amount by quantity, cut off after 18 decimals' }),
    amount: z.string().meta({ description: 'The costs that the price is computed from, without credits and free use' }),
    quantity: z.string().meta({ description: 'In tokens, images, seconds, characters or gibibyte-hours' }),
  })
  .meta({ id: 'UnitPrice' });
export type UnitPrice = z.infer<typeof unitPrice>;

/** The effective prices of models over a range, as the view unit_costs has them by day: at most 50, highest cost first. */
export function readUnitPrices(
  warehouse: Warehouse,
  tenantId: string,
  { range, filters }: { range: DayRange; filters: Filters },
): Promise<UnitPrice[]> {
  return warehouse.query({
    name: 'unit prices',
    sql: unitPricesSql(filters),
    params: factParameters(tenantId, range, filters),
    row: unitPrice,
  });
}

// How many of the base unit one billed unit has, and how many base units a price is of.
const UNITS_OF_FACTS = sql`
  SELECT
    *,
    transform(
      quantity_unit,
      ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
      ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
      ''
    ) AS unit,
    transform(quantity_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS base_units,
    transform(unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS priced_units
  FROM facts
  WHERE unit != '' AND amount > 0 AND ifNull(quantity, 0) > 0 AND model != ''`;

function unitPricesSql(filters: Filters): string {
  const dimensions = DIMENSIONS.join(', ');
  const steps = {
    facts: selectFacts(costFacts, [...DIMENSIONS, 'amount', 'quantity', 'quantity_unit'], filters),
    priced_facts: UNITS_OF_FACTS,
    sums: sql`
      SELECT
        ${dimensions}, unit, priced_units,
        sum(amount) AS amount_sum,
        sum(assumeNotNull(quantity)::Decimal(76, 18) * base_units) AS quantity_sum
      FROM priced_facts
      GROUP BY ${dimensions}, unit, priced_units`,
  };
  return withSteps(
    steps,
    sql`
      SELECT
        ${dimensions}, unit,
        amount_sum::Decimal(76, 18) * priced_units / quantity_sum AS price,
        amount_sum AS amount,
        quantity_sum AS quantity
      FROM sums
      ORDER BY amount DESC, ${dimensions}, unit
      LIMIT ${String(MAX_PRICES)}`,
  );
}
