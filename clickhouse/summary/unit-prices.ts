import { z } from 'zod';
import { sql } from '../client/sql.ts';

const MAX_PRICES = 50;

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

/** What tells the prices of one unit apart. */
export const PRICED = ['model', 'token_type', 'modality', 'service_tier', 'qualifier'] as const;

/** SQL of a fact's further columns: its unit, how many base units one of its quantity is, whether it has a price. */
export const UNIT_COLUMNS = sql`
  transform(
    quantity_unit,
    ['tokens', '1000_tokens', 'images', 'duration_seconds', 'duration_minutes', 'duration_hours', 'characters', 'gibibyte_hours'],
    ['1000000_tokens', '1000000_tokens', 'images', 'duration_minutes', 'duration_minutes', 'duration_minutes', '1000_characters', 'gibibyte_hours'],
    ''
  ) AS unit,
  transform(quantity_unit, ['1000_tokens', 'duration_minutes', 'duration_hours'], [1000, 60, 3600], 1) AS base_units,
  unit != '' AND amount > 0 AND ifNull(quantity, 0) > 0 AND model != '' AS has_price`;

/** SQL of a group's columns, of facts with UNIT_COLUMNS. Its quantity is wider than what is stored, as in the views. */
export const PRICE_COLUMNS = sql`
  sumIf(amount, has_price) AS priced_amount,
  sumIf(ifNull(quantity, 0)::Decimal(76, 18) * base_units, has_price) AS priced_quantity,
  transform(unit, ['1000000_tokens', 'duration_minutes', '1000_characters'], [1000000, 60, 1000], 1) AS priced_units,
  if(priced_quantity = 0, 0, priced_amount::Decimal(76, 18) * priced_units / priced_quantity) AS price`;

/** SQL of the prices of groups with PRICE_COLUMNS that a condition selects, highest cost first. */
export const highestPrices = (condition: string) => sql`
  arraySlice(
    arraySort(
      each -> (-each.8, each),
      groupArrayIf(tuple(${PRICED.join(', ')}, unit, price, priced_amount, priced_quantity), priced_amount > 0 AND ${condition})
    ),
    1,
    ${String(MAX_PRICES)}
  )`;

const foundPrice = unitPrice
  .omit({ amount: true, quantity: true })
  .extend({ priced_amount: z.string(), priced_quantity: z.string() });
export const foundPrices = z.array(foundPrice);

/** The effective prices of models over a range, as the view unit_costs has them by day. */
export const toUnitPrices = (found: readonly z.infer<typeof foundPrice>[]): UnitPrice[] =>
  found.map(({ priced_amount: amount, priced_quantity: quantity, ...price }) => ({ ...price, amount, quantity }));
