import { formatExact, parseExact } from '../arithmetic/exact.ts';
import type { Fact } from './facts.ts';

/** A fact with plain, exact decimals, its fields named as on the wire. */
export type TruthFact = Omit<Fact, 'amount' | 'quantity'> & { amount: string; quantity: string | null };

export const toTruth = (fact: Fact): TruthFact => ({
  ...fact,
  amount: formatExact(fact.amount),
  quantity: fact.quantity === null ? null : formatExact(fact.quantity),
});

export const fromTruth = (fact: TruthFact): Fact => ({
  ...fact,
  amount: parseExact(fact.amount),
  quantity: fact.quantity === null ? null : parseExact(fact.quantity),
});
