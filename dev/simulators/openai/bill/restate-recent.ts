import { addDays, type Day } from '../arithmetic/day.ts';
import type { Exact } from '../arithmetic/exact.ts';
import type { Ledger } from './ledger.ts';
import type { Change } from './restatement.ts';
import { toTruth } from './truth-fact.ts';

/**
 * Restates the last seven full days: on each that has spend an amount grows, a row vanishes and a row appears. The
 * changes depend only on how many there were before.
 * @returns the changes, in order
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
