import { addDays, type Day } from '../arithmetic/day.ts';
import { type Fact, factsOf, type SpendOptions } from './facts.ts';
import { type Change, changed } from './restatement.ts';

/** How long ago the organization began to spend. */
export const HISTORY_DAYS = 430;
/** The share of its traffic that today has had. It stands still, so that today's truth does too. */
export const TODAY_SHARE = 0.4;
const MOST_FACTS_KEPT = 300_000;

export interface Ledger {
  today(): Day;
  /** Whether the day is one of the history, today's included. */
  has(day: Day): boolean;
  /** How much of the day has passed. */
  share(day: Day): number;
  /** The day's facts as of now; the same array until they change. Empty outside of the history. */
  facts(day: Day): readonly Fact[];
  /** Changes what was spent on a day, as the provider does for some days after it. */
  restate(day: Day, change: Change): void;
  /** Grows with every restatement. */
  revision(): number;
}

/** The organization's bill: generated when a day is first asked for, then as it was restated. */
export function createLedger(spend: SpendOptions, today: () => Day): Ledger {
  const restated = new Map<Day, readonly Fact[]>();
  const generated = new Map<string, readonly Fact[]>();
  let kept = 0;
  let revision = 0;

  const share = (day: Day) => (day === today() ? TODAY_SHARE : 1);
  const has = (day: Day) => day <= today() && day >= addDays(today(), -HISTORY_DAYS);

  function generate(day: Day): readonly Fact[] {
    const name = `${day}/${share(day)}`;
    const known = generated.get(name);
    if (known) return known;
    if (kept > MOST_FACTS_KEPT) {
      generated.clear();
      kept = 0;
    }
    const facts = factsOf(day, share(day), spend);
    kept += facts.length;
    generated.set(name, facts);
    return facts;
  }

  const facts = (day: Day) => (has(day) ? (restated.get(day) ?? generate(day)) : []);

  return {
    today,
    has,
    share,
    facts,
    restate(day, change) {
      restated.set(day, changed(facts(day), change));
      revision += 1;
    },
    revision: () => revision,
  };
}
