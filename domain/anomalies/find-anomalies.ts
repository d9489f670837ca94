import { addDays, type Day, type DayRange, dayNumber, daysOf, isMonday } from '../day.ts';
import { sum } from '../forecast/robust.ts';
import { isOneDay, usualDays } from './ranges.ts';
import { type AnomalySettings, FAR_OUTSIDE } from './sensitivity.ts';
import type { CostSeries, CostSubject } from './series.ts';
import { type Usual, usualDay, usualWeek } from './usual.ts';

/** What is less than this share of the organization's usual costs in the same currency is not worth a word. */
const MIN_SHARE_OF_ALL = 0.01;

/** A day or a week on which a subject cost far more than usual. */
export type Anomaly = DayRange & { subject: CostSubject; amount: number; usual: number };

/** An organization's costs, and the days of them that were read after they ended. */
export type Costs = { series: readonly CostSeries[]; complete: ReadonlySet<Day> };

/**
 * Finds what cost far more than usual in a range, the greatest excess first. What only moved from one API key, model or
 * line item to others is no rise.
 */
export function findAnomalies(range: DayRange, costs: Costs, settings: AnomalySettings): Anomaly[] {
  if (settings.sensitivity === 'off') return [];
  const { scatters, ...shares } = FAR_OUTSIDE[settings.sensitivity];
  const share = isOneDay(range) ? shares.ofDay : shares.ofWeek;
  const isFar = ({ usual, amount }: Judged, minimum: number, moved = 0) =>
    amount - usual.amount - moved >= Math.max(minimum, usual.size * Math.max(share, scatters * usual.scatter));

  const judge = judgeOf(range, costs.complete);
  const smallest = Number(settings.minimum);
  const judged = costs.series.flatMap(judge);
  const minimumOf = ({ currency }: CostSubject) => {
    const all = judged.filter(({ subject }) => subject.dimension === 'project_id' && subject.currency === currency);
    return Math.max(smallest, sum(all.map(({ usual }) => usual.amount)) * MIN_SHARE_OF_ALL);
  };
  return judged
    .filter((each) => isFar(each, minimumOf(each.subject)) && !isMuted(each.subject, settings))
    .filter(({ subject, ...each }) => {
      const minimum = minimumOf(subject);
      const explained =
        subject.dimension === 'organization' ? mutedRise(subject, judged, settings) : movedTo(subject, judged, minimum);
      return isFar({ subject, ...each }, minimum, explained);
    })
    .map(({ subject: { dimension, value, currency }, usual, amount }) => ({
      ...range,
      subject: { dimension, value, currency },
      amount,
      usual: usual.amount,
    }))
    .sort((a, b) => b.amount - b.usual - (a.amount - a.usual));
}

const isMuted = (subject: CostSubject, { muted }: AnomalySettings) =>
  muted.some(({ dimension, value }) => dimension === subject.dimension && value === subject.value);

type Judged = { subject: CostSeries; usual: Usual; amount: number };

/** Compares a subject's costs with what is usual; nothing where that is not known. */
function judgeOf(range: DayRange, complete: ReadonlySet<Day>) {
  const days = daysOf(range);
  const before = usualDays(range).filter((day) => complete.has(day));
  const numbered = before.map((day) => [day, dayNumber(day)] as const);
  const weeks = before
    .filter(isMonday)
    .map((monday) => daysOf({ from: monday, to: addDays(monday, 7) }))
    .filter((week) => week.every((day) => complete.has(day)));
  const isDay = isOneDay(range);
  const number = dayNumber(range.from);

  return (subject: CostSeries): Judged[] => {
    const on = (day: Day) => Number(subject.amounts.get(day) ?? 0);
    const usual = isDay
      ? usualDay(
          numbered.map(([text, day]) => ({ day, amount: on(text) })),
          number,
        )
      : usualWeek(weeks.map((week) => sum(week.map(on))));
    return usual ? [{ subject, usual, amount: sum(days.map(on)) }] : [];
  };
}

/** By how much others of its dimension are below what is usual, where that is more than their scatter. */
function movedTo({ dimension, currency }: CostSubject, judged: readonly Judged[], minimum: number): number {
  if (dimension === 'project_id') return 0;
  const falls = judged.map(({ subject, usual, amount }) => {
    const fall = usual.amount - amount;
    const isTelling = fall >= Math.max(minimum, 2 * usual.scatter * usual.amount);
    return subject.dimension === dimension && subject.currency === currency && isTelling ? fall : 0;
  });
  return sum(falls);
}

/** By how much the organization rose in what is muted. */
function mutedRise({ currency }: CostSubject, judged: readonly Judged[], settings: AnomalySettings): number {
  const muted = judged.filter(({ subject }) => subject.currency === currency && isMuted(subject, settings));
  return sum(muted.map(({ usual, amount }) => Math.max(0, amount - usual.amount)));
}
