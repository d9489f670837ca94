import type { Day } from '../day.ts';
import { compareDecimals, type Decimal, subtractDecimals } from '../decimal.ts';
import type { Outlook } from './outlook.ts';

/** The days of a period on which an amount is reached: null where it is not. */
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
 * When a period's costs reach an amount, if the days to come cost what is expected of them.
 * @param outlook null where the history is too short for one
 */
export function reach(amount: Decimal, soFar: Decimal, outlook: Outlook | null): Reach {
  if (compareDecimals(soFar, amount) >= 0) return { is_reached: true, ...NEVER };
  if (!outlook) return { is_reached: false, ...NEVER };
  const { open, rest, bounds } = outlook;
  const left = Number(subtractDecimals(amount, soFar));
  const reachedOn = (factor: number) => {
    let spent = 0;
    for (const { day, amount } of open) {
      spent += amount * factor;
      if (spent >= left) return day;
    }
    return null;
  };
  return {
    is_reached: false,
    expected_on: reachedOn(1),
    earliest_on: bounds && reachedOn(bounds.high / rest),
    latest_on: bounds && reachedOn(bounds.low / rest),
  };
}
