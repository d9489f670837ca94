import { addDays, type Day } from '../arithmetic/day.ts';
import { type Fact, factsOf, type SpendOptions } from './facts.ts';
import { type Change, changed } from './restatement.ts';

/** How many days ago the organization began to spend. */
const HISTORY_DAYS = 430;
/** The share of its traffic that today has had: constant, so that today's truth does not change while a test runs. */
const TODAY_SHARE = 0.4;
const MAX_CACHED_FACTS = 300_000;

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

/** The organization's bill. A day is generated when it is first read, and changes with each restatement. */
export function createLedger(spend: SpendOptions, today: () => Day): Ledger {
  const restated = new Map<Day, readonly Fact[]>();
  const generated = new Map<string, readonly Fact[]>();
  let cached = 0;
  let revision = 0;

  const share = (day: Day) => (day === today() ? TODAY_SHARE : 1);
  const has = (day: Day) => day <= today() && day >= addDays(today(), -HISTORY_DAYS);

  function generate(day: Day): readonly Fact[] {
    const name = `${day}/${share(day)}`;
    const known = generated.get(name);
    if (known) return known;
    if (cached > MAX_CACHED_FACTS) {
      generated.clear();
      cached = 0;
    }
    const facts = factsOf(day, share(day), spend);
    cached += facts.length;
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
