import type { CostChange } from '../causes/cost-change.ts';
import { addDays, type Day, type DayRange, dayNumber, daysOf, isMonday } from '../day.ts';
import { sum } from '../forecast/robust.ts';
import type { Anomaly, Costs } from './find-anomalies.ts';
import { isOneDay, usualDays } from './ranges.ts';
import type { AnomalySettings } from './sensitivity.ts';
import { type CostSeries, type CostSubject, isOf } from './series.ts';
import { median } from './usual.ts';

/** Of what is usual, at most this part is left of what stopped. A holiday leaves more. */
const LEFT = { low: 0, medium: 0.1, high: 0.15 } as const;
/** What stops is told of what never was below this part of its usual costs: whatever comes and goes stops all the time. */
const STEADY = 1 / 3;
/** The weekday that costs least has less than this part of what the one that costs most has. */
const BY_PEOPLE = 0.5;
const WEEK = 7;
const MIN_WEEKS = 4;
const LATEST_WEEKS = 3;
/** What is less than this share of the organization's usual costs is not worth a word. */
const MIN_SHARE_OF_ALL = 0.01;
/** What moved to another key or model of the same projects has not stopped: they have to fall by this part of it. */
const GONE = 0.5;

/** What nearly stopped in a range, the greatest fall first: of each, `amount` is less than `usual`. */
export function findFalls(range: DayRange, { series, complete }: Costs, settings: AnomalySettings): Anomaly[] {
  if (settings.sensitivity === 'off') return [];
  const left = LEFT[settings.sensitivity];
  const usualOf = lowestUsual(range, complete, left);
  const days = daysOf(range);
  const on = (subject: CostSeries) => (day: Day) => Number(subject.amounts.get(day) ?? 0);
  const falls = series.flatMap((subject) => {
    const amount = sum(days.map(on(subject)));
    const weekBefore = sum(days.map((day) => on(subject)(addDays(day, -WEEK))));
    // Of what was steady, this says already that most have not stopped.
    if (amount > (left / STEADY) * weekBefore) return [];
    const usual = usualOf(on(subject));
    return usual > 0 && amount <= left * usual ? [{ subject, amount, usual }] : [];
  });
  if (falls.length === 0) return [];
  const allOf = ({ currency }: CostSubject) =>
    sum(
      series
        .filter((each) => each.dimension === 'organization' && each.currency === currency)
        .map((each) => usualOf(on(each))),
    );
  return falls
    .filter(
      ({ subject, amount, usual }) =>
        usual - amount >= Math.max(Number(settings.minimum), allOf(subject) * MIN_SHARE_OF_ALL),
    )
    .filter(
      ({ subject }) =>
        !settings.muted.some((each) => each.dimension === subject.dimension && each.value === subject.value),
    )
    .map(({ subject: { dimension, value, currency }, ...rest }) => ({
      ...range,
      ...rest,
      subject: { dimension, value, currency },
    }))
    .sort((a, b) => b.usual - b.amount - (a.usual - a.amount));
}

/**
 * The costs that are usual, or less; 0 of what is not known for four weeks, or not steady. What costs far less on some
 * weekdays is used by people, and has public holidays: it is judged where the day before had nearly no costs, too.
 */
function lowestUsual(range: DayRange, complete: ReadonlySet<Day>, left: number): (on: (day: Day) => number) => number {
  const before = usualDays(range);
  const units = isOneDay(range)
    ? before.filter((day) => complete.has(day)).map((day) => ({ name: dayNumber(day) % WEEK, days: [day] }))
    : before
        .filter(isMonday)
        .map((monday) => ({ name: 0, days: daysOf({ from: monday, to: addDays(monday, WEEK) }) }))
        .filter(({ days }) => days.every((day) => complete.has(day)));
  const name = isOneDay(range) ? dayNumber(range.from) % WEEK : 0;
  const atLeast = isOneDay(range) ? MIN_WEEKS * WEEK : MIN_WEEKS;
  return (on) => {
    const all = units.map((unit) => ({ ...unit, amount: sum(unit.days.map(on)) }));
    const first = all.findIndex(({ amount }) => amount > 0);
    const known = first < 0 ? [] : all.slice(first);
    if (known.length < atLeast) return 0;
    const medians = new Map(
      [...Map.groupBy(known, (each) => each.name)].map(([each, those]) => [
        each,
        median(those.map(({ amount }) => amount)),
      ]),
    );
    const medianOf = (each: { name: number }) => medians.get(each.name) ?? 0;
    const isByPeople = Math.min(...medians.values()) < BY_PEOPLE * Math.max(...medians.values());
    const last = isByPeople ? known.findLast((each) => medianOf(each) > 0) : undefined;
    if (last && last.amount > left * medianOf(last)) return 0;
    if (known.some((each) => each !== last && each.amount < STEADY * medianOf(each))) return 0;
    const latest = known.filter((each) => each.name === name).slice(-LATEST_WEEKS);
    return Math.min(medians.get(name) ?? 0, median(latest.map(({ amount }) => amount)));
  };
}

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
