import { addDays, type Day, type DayRange, daysOf, earlierDay, lengthOf } from '../day.ts';
import { type BudgetPeriod, periodAround } from './budget.ts';

/** The days of a period so far, and as many of the period before, to explain what it costs. */
export function comparedPeriod(period: BudgetPeriod, { from, to }: DayRange, today: Day) {
  const range = { from, to: earlierDay(to, addDays(today, 1)) };
  const previous = periodAround(addDays(from, -1), period);
  const days = daysOf({ from: previous.from, to: earlierDay(previous.to, addDays(previous.from, lengthOf(range))) });
  return { range, previous, days };
}
