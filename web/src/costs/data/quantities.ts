import type { Costs } from '#api/routes/costs/get-costs.ts';
import { addDecimals } from '#domain/decimal.ts';

const tokenTypes = ['input', 'cached_input', 'cache_write', 'output'];
export const isTokenType = (kind: string) => tokenTypes.includes(kind);

/** What was billed and what it cost, by kind: a type of tokens, or else a unit. `uncounted` cost without a quantity. */
export type Quantities = { kinds: ReadonlyMap<string, Billed>; uncounted: string };
export type Billed = { quantity: string; amount: string };

/** Sums up parts of which each has one unit. */
export function quantitiesOf(parts: Costs['data']): Quantities {
  const kinds = new Map<string, Billed>();
  let uncounted = '0';
  for (const { amount, quantity, quantity_unit, token_type = '' } of parts) {
    if (quantity === null || quantity_unit === null) {
      uncounted = addDecimals(uncounted, amount);
      continue;
    }
    const kind = quantity_unit === 'tokens' && isTokenType(token_type) ? token_type : quantity_unit;
    const sum = kinds.get(kind) ?? { quantity: '0', amount: '0' };
    kinds.set(kind, { quantity: addDecimals(sum.quantity, quantity), amount: addDecimals(sum.amount, amount) });
  }
  return { kinds, uncounted };
}

/** Types of tokens first, then units by name. */
export const kindsInOrder = (all: Iterable<Quantities>) => {
  const kinds = new Set([...all].flatMap(({ kinds }) => [...kinds.keys()]));
  return [
    ...tokenTypes.filter((type) => kinds.has(type)),
    ...[...kinds].filter((kind) => !isTokenType(kind)).toSorted(),
  ];
};
