import { addDays, type Day, type DayRange, dayNumber, daysOf, isMonday } from '../day.ts';
import { sum } from '../forecast/robust.ts';
import { isOneDay, usualDays } from './ranges.ts';
import type { CostSeries } from './series.ts';
import { type Usual, usualDay, usualWeek } from './usual.ts';

export type Compared = { subject: CostSeries; usual: Usual; amount: number };

/**
 * Compares subjects' costs of a day or a week with what is usual; nothing of one where that is not known.
 * @param complete the days before it that tell what is usual, and others
 */
export function compareWithUsual(range: DayRange, complete: ReadonlySet<Day>): (subject: CostSeries) => Compared[] {
  const days = daysOf(range);
  const usualOf = isOneDay(range) ? ofDay(range, complete) : ofWeek(range, complete);
  return (subject) => {
    const on = (day: Day) => Number(subject.amounts.get(day) ?? 0);
    const usual = usualOf(on);
    return usual ? [{ subject, usual, amount: sum(days.map(on)) }] : [];
  };
}

type UsualOf = (on: (day: Day) => number) => Usual | null;

function ofDay(range: DayRange, complete: ReadonlySet<Day>): UsualOf {
  const number = dayNumber(range.from);
  const before = usualDays(range)
    .map((text, index, { length }) => ({ text, day: number - length + index }))
    .filter(({ text }) => complete.has(text));
  return (on) => {
    const known = before.map(({ text, day }) => ({ day, amount: on(text) }));
    return usualDay(known, number);
  };
}

function ofWeek(range: DayRange, complete: ReadonlySet<Day>): UsualOf {
  const weeks = usualDays(range)
    .filter(isMonday)
    .map((monday) => daysOf({ from: monday, to: addDays(monday, 7) }))
    .filter((week) => week.every((day) => complete.has(day)));
  return (on) => usualWeek(weeks.map((week) => sum(week.map(on))));
}
