import type { CostChange } from '../causes/cost-change.ts';
import { addDays, type Day, type DayRange, daysOf } from '../day.ts';
import { sum } from '../forecast/robust.ts';
import type { Anomaly, Costs } from './find-anomalies.ts';
import { type AnomalySettings, isMuted } from './sensitivity.ts';
import { type CostSeries, type CostSubject, isOf } from './series.ts';
import { PAUSED, type Steady, steadiness } from './steady.ts';

/** Of what is usual, at most this part is left of what stopped. A holiday leaves more. */
const LEFT = { low: 0, medium: 0.1, high: 0.15 } as const;
/** What people use has public holidays, two in a row among them: it is told on this day without it. */
const PEOPLE_WAIT = 3;
/** What has paused is told once it is gone for so many days longer. */
const LONGER = 2;
const WEEK = 7;
/** What is less than this share of the organization's usual costs is not worth a word. */
const MIN_SHARE_OF_ALL = 0.01;
/** What moved to another key or model of the same projects has not stopped: they have to fall by this part of it. */
const GONE = 0.5;

/** What nearly stopped in a range, the greatest fall first: of each, `amount` is less than `usual`. */
export function findFalls(range: DayRange, { series, complete }: Costs, settings: AnomalySettings): Anomaly[] {
  if (settings.sensitivity === 'off') return [];
  const left = LEFT[settings.sensitivity];
  const steadyOf = steadiness(range, complete, left);
  const days = daysOf(range);
  const on = (subject: CostSeries) => (day: Day) => Number(subject.amounts.get(day) ?? 0);
  const fallen = series.flatMap((subject) => {
    const amount = sum(days.map(on(subject)));
    const weekBefore = sum(days.map((day) => on(subject)(addDays(day, -WEEK))));
    // Of what did not pause then, this says already that most have not stopped.
    if (amount > (left / PAUSED) * weekBefore) return [];
    const steady = steadyOf(on(subject));
    return steady && steady.usual > 0 && amount <= left * steady.usual ? [{ subject, amount, ...steady }] : [];
  });
  const ofAll = ({ dimension }: CostSubject) => dimension === 'organization';
  // On a public holiday of all, what stopped before has moved to what has the holiday as well.
  const holidays = fallen.filter((fall) => ofAll(fall.subject) && !isDue(fall));
  const falls = fallen.filter(
    (fall) => isDue(fall) && !holidays.some(({ subject }) => subject.currency === fall.subject.currency),
  );
  if (falls.length === 0) return [];
  const allOf = ({ currency }: CostSubject) =>
    sum(
      series.filter((each) => ofAll(each) && each.currency === currency).map((each) => steadyOf(on(each))?.usual ?? 0),
    );
  return falls
    .filter(
      ({ subject, amount, usual }) =>
        usual - amount >= Math.max(Number(settings.minimum), allOf(subject) * MIN_SHARE_OF_ALL),
    )
    .filter(({ subject }) => !isMuted(subject, settings))
    .map(({ subject: { dimension, value, currency }, amount, usual }) => ({
      ...range,
      ...{ amount, usual, subject: { dimension, value, currency } },
    }))
    .sort((a, b) => b.usual - b.amount - (a.usual - a.amount));
}

/** Whether a stop has lasted for so many days, or weeks, that it is told. */
const isDue = ({ gone, waits, byPeople }: Steady): boolean =>
  gone + 1 >= Math.max(byPeople ? PEOPLE_WAIT : 1, waits > 0 ? waits + LONGER : 1);

/** Whether the costs are gone, and not with another key, model or line item of the same projects. */
export function isGone({ subject }: Anomaly, changes: readonly CostChange[]): boolean {
  const its = changes.filter((change) => isOf(change, subject));
  const projects = new Set(its.map(({ project_id }) => project_id));
  const around = changes.filter(
    ({ project_id, currency }) => projects.has(project_id) && currency === subject.currency,
  );
  const fallOf = (those: readonly CostChange[]) =>
    sum(those.map(({ amount, before }) => Number(before) - Number(amount)));
  return fallOf(around) >= GONE * fallOf(its);
}

/** What fell, told as what rose: by what chooses among rises. */
export const upsideDown = <T extends Anomaly>(fall: T): T => ({ ...fall, amount: fall.usual, usual: fall.amount });
export const changesUpsideDown = (changes: readonly CostChange[]): CostChange[] =>
  changes.map(({ amount, before, quantity, quantity_before, ...rest }) => ({
    ...{ ...rest, amount: before, before: amount, quantity: quantity_before, quantity_before: quantity },
  }));

export const isFall = ({ amount, usual }: Pick<Anomaly, 'amount' | 'usual'>): boolean => amount < usual;
