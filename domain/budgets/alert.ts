import type { AlertEvent, SubjectOf } from '../alerts/alert.ts';
import { addDays, type Day, type DayRange, dayAt, earlierDay } from '../day.ts';
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

/** A period that is over is judged for so many days: a sync that was killed as its last days came is made up for. */
const JUDGED_DAYS = 7;

/**
 * The periods of a budget to judge, oldest first: the current one, and those before it that have just ended or that had
 * a day change. `changedFrom`: the first of these days, however late they came.
 */
export function periodsToJudge(
  { period, revision }: Pick<Budget, 'period' | 'revision'>,
  today: Day,
  changedFrom: Day = today,
): DayRange[] {
  const first = earlierDay(addDays(today, -JUDGED_DAYS), changedFrom);
  const periods = [periodAround(today, period)];
  for (let [earliest] = periods; earliest && earliest.from > first; [earliest] = periods) {
    periods.unshift(periodAround(addDays(earliest.from, -1), period));
  }
  // A budget is not answerable for periods that were over when it was made or changed.
  return periods.filter(({ to }) => to > dayAt(revision));
}

/**
 * Higher is worse. A budget that is spent is worse than one that will be by the forecast, and that is worse than a part of
 * one that is spent.
 */
const severityOf = ({ of, percent }: Threshold) =>
  percent + (percent >= 100 ? 2_000_000 : 0) + (of === 'actual' ? 1_000_000 : 0);

/** Whether a threshold is less than the worst that is reached, which is told in its place. */
export const isQuietBeside = (threshold: Threshold, reached: readonly Threshold[]): boolean =>
  reached.some((each) => severityOf(each) > severityOf(threshold));

/** Whether an alert that was raised says as much as another: what is spent needs no forecast any more. */
const standsFor = (told: Threshold, { of, percent }: Threshold) =>
  told.percent >= percent && (told.of === 'actual' || of === 'forecast');

export type AlertDecisions = {
  /**
   * The worst first: where a worker is killed in between, the others are raised once a worse one was told.
   * `is_quiet`: a worse alert is raised at the same time, or was before, and stands for it.
   */
  raise: (Subject & { is_quiet: boolean })[];
  note: { subject: Subject; event: AlertEvent; events: number }[];
};

/**
 * Which alerts an evaluation raises, and what it adds to the history of those that were raised. While days are missing,
 * or a forecast cannot be made, nothing falls below. Once a period is over, what it cost decides on its forecasts.
 */
export function decideAlerts(
  budget: Pick<Budget, 'budget_id' | 'revision' | 'amount' | 'thresholds'>,
  evaluation: BudgetEvaluation,
  known: ReadonlyMap<string, KnownAlert>,
  today: Day,
): AlertDecisions {
  const { period, missing_days, spent, forecast } = evaluation;
  const isOver = period.to <= today;
  const subjectOf = (threshold: Threshold) => budgetAlertOf(budget, period, threshold);
  const idsOf = (thresholds: readonly Threshold[]) => new Set(thresholds.map((each) => subjectOf(each).alert_id));
  const reached = idsOf(reachedThresholds(budget, evaluation));
  const subjects = budget.thresholds.map(subjectOf);
  const isKnown = ({ alert_id }: Subject) => known.has(alert_id);
  const those = subjects.filter(({ alert_id }) => reached.has(alert_id));
  const told = those.filter(isKnown);
  const raised = those.filter((subject) => !isKnown(subject)).sort((a, b) => severityOf(b) - severityOf(a));
  const raise = raised.map((subject, at) => ({
    ...subject,
    is_quiet: at > 0 || told.some((each) => standsFor(each, subject)),
  }));
  const standing = isOver ? idsOf(reachedThresholds(budget, { spent, forecast: { amount: spent } })) : reached;
  const note = subjects.flatMap((subject): AlertDecisions['note'] => {
    const alert = known.get(subject.alert_id);
    if (!alert) return [];
    const { events } = alert;
    const isReached = standing.has(alert.alert_id);
    const wasReached = alert.standing !== 'fell_below';
    const isCertain = missing_days.length === 0 && (isOver || subject.of === 'actual' || forecast !== null);
    if (isReached && !wasReached) return [{ subject, events, event: 'rose_again' }];
    if (!isReached && wasReached && isCertain) return [{ subject, events, event: 'fell_below' }];
    return [];
  });
  return { raise, note };
}
