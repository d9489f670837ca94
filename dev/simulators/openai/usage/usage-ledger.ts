import type { Day } from '../arithmetic/day.ts';
import { hash } from '../arithmetic/random.ts';
import type { Fact, SpendOptions } from '../bill/facts.ts';
import type { Ledger } from '../bill/ledger.ts';
import { tallyUnbilled } from './unbilled.ts';
import { type UsageEndpoint, usageEndpoints } from './usage-catalog.ts';
import { tallyMeters } from './usage-meters.ts';
import { changedUsage, type UsageChange } from './usage-restatement.ts';
import { createTally, keyOf, type Usage, type UsageFact } from './usage-tally.ts';
import { tallyTokens } from './usage-tokens.ts';

export interface UsageLedger {
  /** The endpoint's facts of a day as of now; the same array until they change. Empty outside of the history. */
  facts(endpoint: UsageEndpoint, day: Day): readonly UsageFact[];
  /** Changes an endpoint's facts of a day; they no longer follow the bill then. */
  restate(day: Day, change: UsageChange): void;
  /** Grows with every restatement, the bill's included. */
  revision(): number;
}

/** The usage, counted from the day's current bill, so that both agree after every restatement of costs. */
export function createUsageLedger(spend: SpendOptions, ledger: Ledger, newMetric = () => ''): UsageLedger {
  const counted = new WeakMap<readonly Fact[], Usage>();
  const restated = new Map<string, readonly UsageFact[]>();
  const extended = new WeakMap<readonly UsageFact[], { metric: string; facts: readonly UsageFact[] }>();
  let restatements = 0;

  function count(day: Day): Usage {
    const bill = ledger.facts(day);
    const known = counted.get(bill);
    if (known) return known;
    const tally = createTally();
    tallyTokens(bill, tally);
    tallyMeters(bill, ledger.share(day), tally);
    tallyUnbilled(day, ledger.share(day), spend, tally);
    const usage = Object.fromEntries(usageEndpoints.map((endpoint) => [endpoint, tally.facts(endpoint)])) as Usage;
    counted.set(bill, usage);
    return usage;
  }

  function current(endpoint: UsageEndpoint, day: Day): readonly UsageFact[] {
    if (!ledger.has(day)) return [];
    return restated.get(`${endpoint}/${day}`) ?? count(day)[endpoint];
  }

  return {
    facts(endpoint, day) {
      const facts = current(endpoint, day);
      const metric = newMetric();
      if (metric === '') return facts;
      const known = extended.get(facts);
      if (known?.metric === metric) return known.facts;
      const longer = facts.map((fact) => withMetric(fact, metric));
      extended.set(facts, { metric, facts: longer });
      return longer;
    },
    restate(day, change) {
      restated.set(`${change.endpoint}/${day}`, changedUsage(current(change.endpoint, day), change));
      restatements += 1;
    },
    revision: () => ledger.revision() + restatements,
  };
}

/** About half of the facts get it: a third of their output tokens, or of their first metric. */
function withMetric(fact: UsageFact, metric: string): UsageFact {
  const [first = 0] = Object.values(fact.metrics);
  const whole = fact.metrics.output_tokens ?? first;
  if (metric in fact.metrics || hash(keyOf(fact.dimensions)) % 2 === 0) return fact;
  return { ...fact, metrics: { ...fact.metrics, [metric]: Math.ceil(whole / 3) } };
}
