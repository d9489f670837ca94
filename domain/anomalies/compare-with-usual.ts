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
  const before = usualDays(range).filter((day) => complete.has(day));
  const numbered = before.map((day) => [day, dayNumber(day)] as const);
  const weeks = before
    .filter(isMonday)
    .map((monday) => daysOf({ from: monday, to: addDays(monday, 7) }))
    .filter((week) => week.every((day) => complete.has(day)));
  const isDay = isOneDay(range);
  const number = dayNumber(range.from);

  return (subject) => {
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
