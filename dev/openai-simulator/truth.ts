import { addDays, type Day } from './day.ts';
import { formatExact, parseExact } from './exact.ts';
import type { Fact } from './facts.ts';
import type { Ledger } from './ledger.ts';

/** A fact with plain, exact decimals, its fields named as on the wire. */
export type TruthFact = Omit<Fact, 'amount' | 'quantity'> & { amount: string; quantity: string | null };

export interface TruthDay {
  day: Day;
  total: string;
  /** In a stable order: a restatement points at a fact by its place here. */
  facts: TruthFact[];
}

export interface Truth {
  /** The half-open range of UTC days, quiet ones included. */
  days(from: Day, to: Day): TruthDay[];
  /** What the range cost, exact, in dollars. */
  total(from: Day, to: Day): string;
}

/** What was really spent, whatever way it is served. */
export function createTruth(ledger: Ledger): Truth {
  const sum = (facts: readonly Fact[]) => facts.reduce((total, { amount }) => total + amount, 0n);
  return {
    days: (from, to) =>
      range(from, to).map((day) => {
        const facts = ledger.facts(day);
        return { day, total: formatExact(sum(facts)), facts: facts.map(toTruth) };
      }),
    total: (from, to) => formatExact(range(from, to).reduce((total, day) => total + sum(ledger.facts(day)), 0n)),
  };
}

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

function range(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}
