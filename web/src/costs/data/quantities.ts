import type { Costs } from '#api/routes/costs/get-costs.ts';
import { addDecimals } from '#domain/decimal.ts';

const tokenTypes = ['input', 'cached_input', 'cache_write', 'output'];
export const isTokenType = (kind: string) => tokenTypes.includes(kind);

/** Billed quantities by kind (a token type, or else a unit), and the amount that was billed without a quantity. */
export type Quantities = { kinds: ReadonlyMap<string, Billed>; amountWithoutQuantity: string };
export type Billed = { quantity: string; amount: string };

/** Sums rows that have one unit each. */
export function quantitiesOf(rows: Costs['data']): Quantities {
  const kinds = new Map<string, Billed>();
  let amountWithoutQuantity = '0';
  for (const { amount, quantity, quantity_unit, token_type = '' } of rows) {
    if (quantity === null || quantity_unit === null) {
      amountWithoutQuantity = addDecimals(amountWithoutQuantity, amount);
      continue;
    }
    const kind = quantity_unit === 'tokens' && isTokenType(token_type) ? token_type : quantity_unit;
    const sum = kinds.get(kind) ?? { quantity: '0', amount: '0' };
    kinds.set(kind, { quantity: addDecimals(sum.quantity, quantity), amount: addDecimals(sum.amount, amount) });
  }
  return { kinds, amountWithoutQuantity };
}

/** All kinds: token types first, then units by name. */
export const kindsInOrder = (all: Iterable<Quantities>) => {
  const kinds = new Set([...all].flatMap(({ kinds }) => [...kinds.keys()]));
  return [
    ...tokenTypes.filter((type) => kinds.has(type)),
    ...[...kinds].filter((kind) => !isTokenType(kind)).toSorted(),
  ];
};
