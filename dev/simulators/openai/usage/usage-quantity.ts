import { type Exact, SCALE } from '../arithmetic/exact.ts';
import { type CatalogItem, catalog } from '../bill/catalog.ts';
import type { Fact } from '../bill/facts.ts';

const ONE = 10n ** BigInt(SCALE);
const HALF = ONE / 2n;
const perRequest = new Map(
  Object.values<CatalogItem[]>(catalog).flatMap((items) => items.map((item) => [item.lineItem, item.perRequest])),
);
/** What a request of a line item that is not in the catalog is taken to use. */
const USUAL = 500;

/** A quantity of the bill as a whole number of smaller units, `per` to the bill's one, rounded. */
export const wholeUnits = (quantity: Exact | null, per = 1n): number => Number(((quantity ?? 0n) * per + HALF) / ONE);

/** About how many requests a fact of the bill was made of; at least one. */
export const requestsOf = ({ line_item, quantity }: Fact): number =>
  Math.max(1, Math.round(wholeUnits(quantity, 100n) / 100 / (perRequest.get(line_item) ?? USUAL)));
