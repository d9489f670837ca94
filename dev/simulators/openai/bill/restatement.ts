import { addDays, type Day } from '../arithmetic/day.ts';
import { type Exact, parseExact } from '../arithmetic/exact.ts';
import { fromTruth, type TruthFact, toTruth } from '../truth.ts';
import type { Fact } from './facts.ts';
import type { Ledger } from './ledger.ts';

/** One change to a day's facts. `at` is the fact's place in `truth.days(…)[…].facts`; a RangeError if there is none. */
export type Change =
  | { kind: 'set_amount'; at: number; amount: string }
  | { kind: 'remove'; at: number }
  | { kind: 'add'; fact: TruthFact }
  | { kind: 'clear' };

/** The facts after the change; the given ones stay as they are. */
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

/**
 * On each of the last seven full days that is not a quiet one an amount grows, a row vanishes and a row appears.
 * The changes follow from how often it was called, and are returned.
 */
export function restateRecent(ledger: Ledger): Array<{ day: Day; change: Change }> {
  const done: Array<{ day: Day; change: Change }> = [];
  const round = ledger.revision();
  for (let ago = 7; ago >= 1; ago--) {
    const day = addDays(ledger.today(), -ago);
    const facts = ledger.facts(day);
    const [first, middle] = [facts[0], facts[Math.floor(facts.length / 2)]];
    if (!first || !middle || facts.length < 3) continue;
    const changes: Change[] = [
      { kind: 'set_amount', at: 0, amount: toTruth({ ...first, amount: raised(first.amount) }).amount },
      { kind: 'remove', at: facts.length - 1 },
      { kind: 'add', fact: toTruth({ ...middle, line_item: `gpt-5.6-luna-late-${round}, output` }) },
    ];
    for (const change of changes) {
      ledger.restate(day, change);
      done.push({ day, change });
    }
  }
  return done;
}

/** A third more, cut off at the eighteenth decimal, and never the same as before. */
function raised(amount: Exact): Exact {
  const step = 10n ** 21n;
  return amount + (amount / 3n / step) * step + step;
}
