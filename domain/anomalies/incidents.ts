import type { CostChange } from '../causes/cost-change.ts';
import type { Anomaly } from './find-anomalies.ts';
import { ANOMALY_DIMENSIONS, type CostSubject, isSameSubject } from './series.ts';

/** Subjects whose excess is at least this share of another's may be the same, seen by another dimension. */
const SAME = 0.8;
/** What is in those that are told already to this share is told with them. */
const TOLD = 0.5;

/**
 * Chooses what is told of a range: a leap of one API key is one of its project, its models and their line items as well.
 * Of what is the same, the broadest is told.
 * @param anomalies the greatest excess first
 * @param changes what rose and fell in the range
 * @param known subjects that were told lately: what goes on is not told again
 */
export function incidentsOf(
  anomalies: readonly Anomaly[],
  changes: readonly CostChange[],
  known: readonly CostSubject[],
): Anomaly[] {
  const told = anomalies
    .map(({ subject }) => subject)
    .filter((subject) => known.some((each) => isSameSubject(each, subject)));
  const incidents: Anomaly[] = [];
  for (const anomaly of anomalies) {
    const left = changes.filter((change) => !told.some((subject) => isOf(change, subject)));
    const isNews = ({ subject }: Anomaly) =>
      riseOf(left, subject) >= TOLD * riseOf(changes, subject) && riseOf(left, subject) > 0;
    if (!isNews(anomaly)) continue;
    const excess = riseOf(left, anomaly.subject);
    const same = anomalies.filter(
      (each) =>
        isNews(each) &&
        sharedRise(left, anomaly.subject, each.subject) >= SAME * Math.max(excess, riseOf(left, each.subject)),
    );
    const [broadest = anomaly] = same.sort((a, b) => breadthOf(a) - breadthOf(b));
    incidents.push(broadest);
    told.push(broadest.subject);
  }
  return incidents;
}

const breadthOf = ({ subject }: Anomaly) => ANOMALY_DIMENSIONS.indexOf(subject.dimension);

/** Whether a change is one of the subject's costs. */
export const isOf = (change: CostChange, { dimension, value, currency }: CostSubject): boolean =>
  change[dimension] === value && change.currency === currency;

const riseOf = (changes: readonly CostChange[], subject: CostSubject) =>
  sumOf(changes.filter((change) => isOf(change, subject)));
const sharedRise = (changes: readonly CostChange[], a: CostSubject, b: CostSubject) =>
  sumOf(changes.filter((change) => isOf(change, a) && isOf(change, b)));
const sumOf = (changes: readonly CostChange[]) =>
  changes.reduce((sum, { amount, before }) => sum + Number(amount) - Number(before), 0);
