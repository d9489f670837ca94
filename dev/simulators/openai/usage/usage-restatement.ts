import type { UsageEndpoint } from './usage-catalog.ts';
import { type Dimensions, dimensionsOf, keyOf, type Metrics, metricsOf, type UsageFact } from './usage-tally.ts';

/** A change to an endpoint's facts of a day. `at` is the index of the fact in `truth.usage(…).days[…].facts`. */
export type UsageChange = { endpoint: UsageEndpoint } & (
  | { kind: 'set_metric'; at: number; metric: string; value: number }
  | { kind: 'remove'; at: number }
  | { kind: 'add'; dimensions: Dimensions; metrics: Metrics }
  | { kind: 'clear' }
);

/** A copy of the facts with the change. @throws RangeError if there is no fact at `at`, or one too many */
export function changedUsage(facts: readonly UsageFact[], change: UsageChange): readonly UsageFact[] {
  switch (change.kind) {
    case 'clear':
      return [];
    case 'add': {
      const dimensions = dimensionsOf(change.endpoint, change.dimensions);
      const known = facts.some((fact) => keyOf(fact.dimensions) === keyOf(dimensions));
      if (known) throw new RangeError('There is a fact of these dimensions: set its metrics.');
      return [...facts, { dimensions, metrics: metricsOf(change.endpoint, change.metrics) }];
    }
    case 'remove':
      factAt(facts, change.at);
      return facts.toSpliced(change.at, 1);
    case 'set_metric': {
      const { dimensions, metrics } = factAt(facts, change.at);
      return facts.with(change.at, { dimensions, metrics: { ...metrics, [change.metric]: change.value } });
    }
    default:
      throw new RangeError(`There is no such change: ${JSON.stringify(change)}.`);
  }
}

function factAt(facts: readonly UsageFact[], at: number): UsageFact {
  const fact = facts[at];
  if (fact === undefined) throw new RangeError(`The day has ${facts.length} facts, none of them at ${at}.`);
  return fact;
}
