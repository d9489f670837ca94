import { addDays, DAY_MS, type Day, type DayRange, daysOf, startOfDay } from '../day.ts';
import { type AnomalySettings, FAR_OUTSIDE } from './sensitivity.ts';
import type { CostSeries, CostSubject } from './series.ts';
import { type Usual, usualDay, usualWeek } from './usual.ts';

/** Days that ended longer ago are not judged any more: daily syncs read this many again. */
const JUDGED_DAYS = 7;
const WEEK = 7;
/** What is usual is told by so many days before. */
const USUAL_DAYS = 56;
/** What is less than this share of the organization's usual costs is not worth a word. */
const MIN_SHARE_OF_ALL = 0.01;

/** The days whose costs have to be known to judge those of the last week. */
export const daysToRead = (today: Day): DayRange => ({ from: addDays(today, -USUAL_DAYS - 2 * WEEK), to: today });

/** A day or a week (Monday to Sunday) on which a subject cost far more than usual. */
export type Anomaly = DayRange & { subject: CostSubject; amount: number; usual: number };

type Costs = { today: Day; series: readonly CostSeries[]; complete: ReadonlySet<Day> };

/** The days, and the week, that have ended lately and were read since. */
export function rangesToJudge({ today, complete }: Pick<Costs, 'today' | 'complete'>): DayRange[] {
  const days = daysOf({ from: addDays(today, -JUDGED_DAYS), to: today });
  const weeks = days.filter(isMonday).map((monday) => ({ from: addDays(monday, -WEEK), to: monday }));
  const isComplete = (range: DayRange) => daysOf(range).every((day) => complete.has(day));
  return [...days.map((from) => ({ from, to: addDays(from, 1) })), ...weeks].filter(isComplete);
}

/**
 * Finds what cost far more than usual in a range, the greatest excess first. What only moved from one API key, model or
 * line item to others is no rise.
 */
export function findAnomalies(range: DayRange, costs: Costs, settings: AnomalySettings): Anomaly[] {
  if (settings.sensitivity === 'off') return [];
  const { scatters, ...shares } = FAR_OUTSIDE[settings.sensitivity];
  const share = isDay(range) ? shares.ofDay : shares.ofWeek;
  const judged = judge(range, costs);
  const ofAll = judged.filter(({ subject }) => subject.dimension === 'project_id').map(({ usual }) => usual.amount);
  const minimum = Math.max(Number(settings.minimum), sum(ofAll) * MIN_SHARE_OF_ALL);
  return judged
    .filter(({ subject, usual, amount }) => {
      const excess = amount - usual.amount;
      const least = Math.max(minimum, usual.amount * Math.max(share, scatters * usual.scatter));
      return excess >= least && !isMuted(subject, settings) && excess - movedTo(subject, judged) >= least;
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

/** Each subject of which it is known what is usual. */
function judge(range: DayRange, { series, complete }: Costs): Judged[] {
  const before = daysOf({ from: addDays(range.from, -USUAL_DAYS), to: range.from });
  const known = before.filter((day) => complete.has(day)).map((day) => ({ day, number: numberOf(day) }));
  const weeks = before
    .filter(isMonday)
    .map((monday) => daysOf({ from: monday, to: addDays(monday, WEEK) }))
    .filter((days) => days.every((day) => complete.has(day)));
  const days = daysOf(range);
  return series.flatMap((subject) => {
    const on = (day: Day) => Number(subject.amounts.get(day) ?? 0);
    const usual = isDay(range)
      ? usualDay(
          known.map(({ day, number }) => ({ day: number, amount: on(day) })),
          numberOf(range.from),
        )
      : usualWeek(weeks.map((week) => sum(week.map(on))));
    return usual ? [{ subject, usual, amount: sum(days.map(on)) }] : [];
  });
}

/** By how much others of its dimension are below what is usual, as far as that is more than their scatter. */
function movedTo({ dimension, currency }: CostSubject, judged: readonly Judged[]): number {
  if (dimension === 'project_id') return 0;
  const falls = judged.map(({ subject, usual, amount }) => {
    const fall = usual.amount - amount;
    const isTelling = fall > 2 * usual.scatter * usual.amount;
    return subject.dimension === dimension && subject.currency === currency && isTelling ? fall : 0;
  });
  return sum(falls);
}

const isDay = ({ from, to }: DayRange) => to === addDays(from, 1);
const numberOf = (day: Day) => startOfDay(day) / DAY_MS;
/** Day 4 since 1970 was a Monday. */
const isMonday = (day: Day) => numberOf(day) % WEEK === 4;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
