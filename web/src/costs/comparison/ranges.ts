import { addDays, type Day, type DayRange, lengthOf, monthStart } from '#domain/day.ts';
import { HISTORY_DAYS } from '#domain/sync.ts';
import { comparisonRange, endedDays } from '../view/range.ts';
import type { View } from '../view/view.ts';

/** A range, those of its days that have ended, and what these are compared with. */
export type Ranges = { days: DayRange; ended: DayRange; before: DayRange };
type Of = Pick<View, 'range' | 'comparison'>;

/** The ranges of a view whose costs are complete through a day; null without any complete day. */
export function rangesOf({ range, comparison }: Of, days: DayRange, through: Day | null): Ranges {
  const ended = endedDays(days, through);
  return { days, ended, before: comparisonRange(range, days, ended, comparison) };
}

/** The last full month beside the one before it. */
export function lastMonths(today: Day): Ranges {
  const days = { from: monthStart(today, -1), to: monthStart(today) };
  return { days, ended: days, before: { from: monthStart(today, -2), to: days.from } };
}

/**
 * The ranges that a view may be explained by, so that one question serves whichever it turns out to be. Through which
 * day costs are complete is told with them: usually yesterday, or the day before until the sync of the morning. Where
 * no day may have ended, or the comparison period may be before the history, the last months are displayed instead.
 * @param through the day, where the previous view has told it
 */
export function possibleRanges(view: Of, days: DayRange, today: Day, through: Day | null | undefined): Ranges[] {
  const usual = [addDays(today, -1), addDays(today, -2)];
  const isUsual = through === undefined || (through !== null && usual.includes(through));
  const ofView = (isUsual ? usual : [through]).map((each) => rangesOf(view, days, each));
  const months = lastMonths(today);
  const isRecent = days.from <= today && days.to >= months.days.to;
  const mayLack = ofView.some(
    ({ ended, before }) => lengthOf(ended) === 0 || before.from < addDays(today, -HISTORY_DAYS),
  );
  return isRecent && mayLack ? [...ofView, months] : ofView;
}

const isIn = (period: DayRange, { from, to }: DayRange) => period.from >= from && period.to <= to;

/** The fewest periods, apart from each other, that all of these ranges are made of. */
export function periodsOfRanges(ranges: readonly Ranges[]): DayRange[] {
  const all = ranges.flatMap(({ days, ended, before }) => [days, ended, before]);
  const cuts = [...new Set(all.flatMap(({ from, to }) => [from, to]))].toSorted();
  const periods = cuts.slice(1).map((to, index) => ({ from: cuts[index] ?? to, to }));
  return periods.filter((period) => all.some((range) => isIn(period, range)));
}

/** Whether a range is made of some of the periods. */
export function isMadeOf(range: DayRange, periods: readonly DayRange[]): boolean {
  const lengths = periods.filter((period) => isIn(period, range)).map(lengthOf);
  return lengths.reduce((sum, length) => sum + length, 0) === lengthOf(range);
}
