import type { CostChange } from '../causes/cost-change.ts';
import type { Anomaly } from './find-anomalies.ts';
import { type CostSubject, isOf, SUBJECT_DIMENSIONS } from './series.ts';
import { isNoWorse, type ToldAnomaly, tellsOf } from './told.ts';

/** Anomalies that share this part of the rise of each are the same, seen by different dimensions. */
const SAME = 0.8;
/** What shares this part of its rise with what was told is told with it. */
const TOLD = 0.5;

/** So many parts that rise at once have one cause, as a launch. */
const MANY = 3;

/**
 * Chooses what is told of a range: a leap of one API key is one of its project, its models and their line items as well.
 * Of what is the same, the broadest is told. What goes on, or echoes in the week, is not told again; nor is what was told
 * of the range itself, which is restated. What has another cause is.
 * The organization is told where nothing else is that makes up most of its rise, as where all of it is new, and where
 * many parts of it rise at once.
 * @param anomalies the greatest excess first
 * @param changes what rose and fell in the range
 * @param told the alerts that stand for it
 */
export function incidentsOf(
  anomalies: readonly Anomaly[],
  changes: readonly CostChange[],
  told: readonly ToldAnomaly[],
): Anomaly[] {
  const incidents: Anomaly[] = [];
  for (const anomaly of [...anomalies.filter(isPart), ...anomalies.filter((each) => !isPart(each))]) {
    // An organization whose causes are not known would tell of everything.
    const isPrecise = (each: ToldAnomaly) => isPart(each) || !isPart(anomaly) || each.causes.length > 0;
    const standing = told.filter((each) => isPrecise(each) && isNoWorse(each, anomaly));
    const left = changes.filter(
      (change) =>
        !standing.some((each) => tellsOf(each, change)) && !incidents.some(({ subject }) => isOf(change, subject)),
    );
    const isNews = ({ subject }: Anomaly) => {
      const rise = riseOf(left, subject);
      return rise > 0 && rise >= TOLD * riseOf(changes, subject);
    };
    if (!isNews(anomaly)) continue;
    const isSame = ({ subject }: Anomaly) =>
      riseOf(left, subject, anomaly.subject) >= SAME * Math.max(riseOf(left, subject), riseOf(left, anomaly.subject));
    const [broadest = anomaly] = anomalies
      .filter((each) => isNews(each) && isSame(each))
      .sort((a, b) => breadthOf(a) - breadthOf(b));
    incidents.push(broadest);
  }
  return anomalies.filter((each) => !isPart(each)).reduce((all, whole) => together(whole, all, changes), incidents);
}

/** Puts the organization in the place of its parts where many of them make up its rise. */
function together(whole: Anomaly, incidents: Anomaly[], changes: readonly CostChange[]): Anomaly[] {
  const parts = incidents.filter((each) => isPart(each) && each.subject.currency === whole.subject.currency);
  const rise = parts.reduce((sum, { subject }) => sum + riseOf(changes, subject), 0);
  if (parts.length < MANY || rise < SAME * riseOf(changes, whole.subject)) return incidents;
  return [whole, ...incidents.filter((each) => !parts.includes(each) && each !== whole)];
}

/** Whether it is of a part of the organization: that has leaps of its own while the whole is told. */
const isPart = ({ subject }: { subject: CostSubject }) => subject.dimension !== 'organization';

/** The organization comes last: what a part of it says better. */
const breadthOf = ({ subject }: Anomaly) => SUBJECT_DIMENSIONS.indexOf(subject.dimension);

/** By how much the costs that are of all these subjects rose. */
const riseOf = (changes: readonly CostChange[], ...subjects: CostSubject[]) =>
  changes
    .filter((change) => subjects.every((subject) => isOf(change, subject)))
    .reduce((sum, { amount, before }) => sum + Number(amount) - Number(before), 0);
