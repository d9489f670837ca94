import type { AlertEvent, SubjectOf } from '../alerts/alert.ts';
import { addDays, type Day, type DayRange, dayAt } from '../day.ts';
import { type Budget, periodAround, type Threshold } from './budget.ts';
import { type BudgetEvaluation, reachedThresholds } from './evaluate-budget.ts';

type Subject = SubjectOf<'budget'>;

/** An alert is named by a threshold of a revision of a budget and the period, so that there is one by construction. */
export function budgetAlertOf(
  { budget_id, revision }: Pick<Budget, 'budget_id' | 'revision'>,
  { from, to }: DayRange,
  { of, percent }: Threshold,
): Subject {
  const alert_id = `${budget_id}-${revision.toString(36)}-${from}-${of}-${percent}`;
  return { kind: 'budget', alert_id, integration_id: '', budget_id, revision, from, to, of, percent };
}

/** A raised alert: its last event that says where the costs stand, and how many events it has. */
export type KnownAlert = { alert_id: string; standing: AlertEvent; events: number };

/** A period that is over is still judged for so many days: its last days are read, and restated, after its end. */
const JUDGED_DAYS = 7;

/** The periods of a budget to judge: the current one, and the one before where it has just ended. */
export function periodsToJudge({ period, revision }: Pick<Budget, 'period' | 'revision'>, today: Day): DayRange[] {
  const periods = [addDays(today, -JUDGED_DAYS), today].map((day) => periodAround(day, period));
  // A budget is not answerable for periods that were over when it was made or changed.
  return periods.filter(({ from, to }, index) => (index === 1 || from !== periods[1]?.from) && to > dayAt(revision));
}

/** Higher is worse: what was spent is worse than any forecast. */
const severityOf = ({ of, percent }: Threshold) => percent + (of === 'actual' ? 1_000_000 : 0);

/** Whether an alert that was raised says as much as another: what is spent needs no forecast any more. */
const standsFor = (told: Threshold, { of, percent }: Threshold) =>
  told.percent >= percent && (told.of === 'actual' || of === 'forecast');

export type AlertDecisions = {
  /** The worst last. `is_quiet`: a worse alert is raised at the same time, or was before, and stands for it. */
  raise: (Subject & { is_quiet: boolean })[];
  note: { subject: Subject; event: AlertEvent; events: number }[];
};

/**
 * Which alerts an evaluation raises, and what it adds to the history of those that were raised. While days are missing,
 * or a forecast cannot be made, nothing falls below.
 */
export function decideAlerts(
  budget: Pick<Budget, 'budget_id' | 'revision' | 'amount' | 'thresholds'>,
  evaluation: BudgetEvaluation,
  known: ReadonlyMap<string, KnownAlert>,
): AlertDecisions {
  const { period, missing_days, forecast } = evaluation;
  const subjectOf = (threshold: Threshold) => budgetAlertOf(budget, period, threshold);
  const reached = new Set(reachedThresholds(budget, evaluation).map((each) => subjectOf(each).alert_id));
  const subjects = budget.thresholds.map(subjectOf);
  const isKnown = ({ alert_id }: Subject) => known.has(alert_id);
  const those = subjects.filter(({ alert_id }) => reached.has(alert_id));
  const told = those.filter(isKnown);
  const raised = those.filter((subject) => !isKnown(subject)).sort((a, b) => severityOf(a) - severityOf(b));
  const raise = raised.map((subject, at) => ({
    ...subject,
    is_quiet: at < raised.length - 1 || told.some((each) => standsFor(each, subject)),
  }));
  const note = subjects.flatMap((subject): AlertDecisions['note'] => {
    const alert = known.get(subject.alert_id);
    if (!alert) return [];
    const { events } = alert;
    const isReached = reached.has(alert.alert_id);
    const wasReached = alert.standing !== 'fell_below';
    const isCertain = missing_days.length === 0 && (subject.of === 'actual' || forecast !== null);
    if (isReached && !wasReached) return [{ subject, events, event: 'rose_again' }];
    if (!isReached && wasReached && isCertain) return [{ subject, events, event: 'fell_below' }];
    return [];
  });
  return { raise, note };
}
