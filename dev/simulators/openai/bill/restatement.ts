import { parseExact } from '../arithmetic/exact.ts';
import type { Fact } from './facts.ts';
import { fromTruth, type TruthFact } from './truth-fact.ts';

/** A change to a day's facts. `at` is the index of the fact in `truth.days(…)[…].facts`. */
export type Change =
  | { kind: 'set_amount'; at: number; amount: string }
  | { kind: 'remove'; at: number }
  | { kind: 'add'; fact: TruthFact }
  | { kind: 'clear' };

/** A copy of the facts with the change. @throws RangeError if there is no fact at `at` */
export function changed(facts: readonly Fact[], change: Change): readonly Fact[] {
  switch (change.kind) {
    case 'clear':
      return [];
    case 'add':
      return [...facts, fromTruth(change.fact)];
    case 'remove':
      return facts.toSpliced(placeOf(facts, change.at), 1);
    case 'set_amount': {
      const at = placeOf(facts, change.at);
      return facts.map((fact, i) => (i === at ? { ...fact, amount: parseExact(change.amount) } : fact));
    }
    default:
      throw new RangeError(`There is no such change: ${JSON.stringify(change)}.`);
  }
}

function placeOf(facts: readonly Fact[], at: number): number {
  if (facts[at] === undefined) throw new RangeError(`The day has ${facts.length} facts, none of them at ${at}.`);
  return at;
}
