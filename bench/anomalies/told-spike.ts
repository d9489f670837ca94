import { isFall } from '#domain/anomalies/falls.ts';
import type { Incident } from '#domain/anomalies/judge-ranges.ts';
import { isOf } from '#domain/anomalies/series.ts';
import type { Causes } from '#domain/causes/causes.ts';
import { explainCosts, explainFall } from '#domain/causes/explain-costs.ts';
import type { Spike } from './spikes.ts';

/** What an alert says explains it. */
function explanationOf(told: Incident): Causes {
  const its = told.changes.filter((change) => isOf(change, told.subject));
  return isFall(told) ? explainFall(its) : explainCosts(its, told.from, 'usual');
}

/** Whether what contributed most to an alert is what a spike hits. */
function isHit(told: Incident, { hits }: Spike): boolean {
  const [most] = explanationOf(told).contributors;
  return (
    most !== undefined && Object.entries(hits).every(([name, value]) => most[name as keyof Spike['hits']] === value)
  );
}

/** Whether an alert is about a spike: about its days, and about what it hits. */
export const isOfSpike = (told: Incident, spike: Spike): boolean =>
  told.from < spike.to &&
  told.to > spike.from &&
  (isHit(told, spike) || spike.hits[told.subject.dimension as keyof Spike['hits']] === told.subject.value);

/** Whether it says of a spike who and why. */
export const hasRightCause = (told: Incident, spike: Spike): boolean =>
  isHit(told, spike) && explanationOf(told).reasons[0]?.reason === spike.reason;
