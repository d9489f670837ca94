import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, filteredFacts } from '../aggregates/filtered-facts.ts';
import type { Warehouse } from '../client/client.ts';

const MOST = 50;

export const unitPrice = z.object({
  model: z.string(),
  token_type: z.string(),
  modality: z.string(),
  service_tier: z.string().meta({ description: 'Empty for the default' }),
  unit: z
    .enum(['1000000_tokens', 'images', 'duration_minutes', '1000_characters', 'gibibyte_hours'])
    .meta({ description: 'What the price is of' }),
  price: z.string().meta({ description: 'Effective: amount by quantity, cut off after 18 decimals' }),
  amount: z.string().meta({ description: 'Of what has a price: credits and what is free are not in it' }),
  quantity: z.string().meta({ description: 'In tokens, images, seconds, characters or gibibyte-hours' }),
});
export type UnitPrice = z.infer<typeof unitPrice>;

/** What models' units cost over a range, where unit and quantity allow to say; as the view unit_costs, dearest first. */
export function readUnitPrices(
  warehouse: Warehouse,
  tenantId: string,
  { range, filters }: { range: DayRange; filters: Filters },
): Promise<UnitPrice[]> {
  const about = ['model', 'token_type', 'modality', 'service_tier'];
  return warehouse.query({
    name: 'unit prices',
    sql: `SELECT ${about.join(', ')}, unit, amounts::Decimal(76, 18) * per / quantities AS price,
            amounts AS amount, quantities AS quantity
          FROM (
            WITH
              transform(quantity_unit,
                ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
                ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
                '') AS unit,
              transform(quantity_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS count_of_one,
              transform(unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS per
            SELECT ${about.join(', ')}, unit, per, sum(amount) AS amounts,
              sum(assumeNotNull(quantity)::Decimal(76, 18) * count_of_one) AS quantities
            FROM ${filteredFacts(costFacts, [...about, 'amount', 'quantity', 'quantity_unit'], filters)}
              AND unit != '' AND amount > 0 AND ifNull(quantity, 0) > 0 AND model != ''
            GROUP BY ${about.join(', ')}, unit, per)
          ORDER BY amount DESC, ${about.join(', ')}, unit
          LIMIT ${MOST}`,
    params: factParameters(tenantId, range, filters),
    row: unitPrice,
  });
}
