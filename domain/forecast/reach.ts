import type { Day } from '../day.ts';
import { compareDecimals, type Decimal, subtractDecimals } from '../decimal.ts';
import type { MonthEstimate } from './month-estimate.ts';

/** The days of this month on which a limit is reached: null where it is not. */
export type Reach = {
  is_reached: boolean;
  /** By the forecast. */
  expected_on: Day | null;
  /** By the interval of the forecast: with its high end and with its low end. */
  earliest_on: Day | null;
  latest_on: Day | null;
};

const NEVER = { expected_on: null, earliest_on: null, latest_on: null };

/**
 * When a month's costs reach an amount, if the days to come cost what is expected of them.
 * @param estimate null where the history is too short for one
 */
export function reach(amount: Decimal, monthToDate: Decimal, estimate: MonthEstimate | null): Reach {
  if (compareDecimals(monthToDate, amount) >= 0) return { is_reached: true, ...NEVER };
  if (!estimate) return { is_reached: false, ...NEVER };
  const left = Number(subtractDecimals(amount, monthToDate));
  const reachedOn = (factor: number) => {
    let spent = 0;
    for (const { day, amount } of estimate.open) {
      spent += amount * factor;
      if (spent >= left) return day;
    }
    return null;
  };
  const { factors } = estimate;
  return {
    is_reached: false,
    expected_on: reachedOn(1),
    earliest_on: factors && reachedOn(factors.high),
    latest_on: factors && reachedOn(factors.low),
  };
}
