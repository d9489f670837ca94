import { addDays, type Day } from './arithmetic/day.ts';
import { formatExact } from './arithmetic/exact.ts';
import type { Fact } from './bill/facts.ts';
import type { Ledger } from './bill/ledger.ts';
import { type TruthFact, toTruth } from './bill/truth-fact.ts';
import type { UsageEndpoint } from './usage/usage-catalog.ts';
import type { UsageLedger } from './usage/usage-ledger.ts';
import { addTo, type Metrics, type UsageFact } from './usage/usage-tally.ts';

export interface TruthDay {
  day: Day;
  total: string;
  /** In a stable order: a restatement points at a fact by its place here. */
  facts: TruthFact[];
}

export interface UsageTruth {
  days: Array<{
    day: Day;
    totals: Metrics;
    /** In a stable order; no two have the same dimensions. */
    facts: readonly UsageFact[];
  }>;
  /** The sum of each metric; for a stock, such as `usage_bytes`, it has no meaning. */
  totals: Metrics;
}

export interface Truth {
  /** The days of a half-open range, those without spend included. */
  days(from: Day, to: Day): TruthDay[];
  /** What a half-open range cost, in dollars, exact. */
  total(from: Day, to: Day): string;
  /** What an endpoint counted in a half-open range; the totals lack metrics that were never counted. */
  usage(endpoint: UsageEndpoint, from: Day, to: Day): UsageTruth;
}

/** What was spent and used, independent of how it is served. */
export function createTruth(ledger: Ledger, usage: UsageLedger): Truth {
  const sum = (facts: readonly Fact[]) => facts.reduce((total, { amount }) => total + amount, 0n);
  return {
    days: (from, to) =>
      range(from, to).map((day) => {
        const facts = ledger.facts(day);
        return { day, total: formatExact(sum(facts)), facts: facts.map(toTruth) };
      }),
    total: (from, to) => formatExact(range(from, to).reduce((total, day) => total + sum(ledger.facts(day)), 0n)),
    usage(endpoint, from, to) {
      const days = range(from, to).map((day) => {
        const facts = usage.facts(endpoint, day);
        return { day, totals: added(facts.map(({ metrics }) => metrics)), facts };
      });
      return { days, totals: added(days.map(({ totals }) => totals)) };
    },
  };
}

function added(all: Metrics[]): Metrics {
  const sum: Metrics = {};
  for (const metrics of all) addTo(sum, metrics);
  return sum;
}

function range(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}
