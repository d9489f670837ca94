import type { Day } from '../day.ts';
import { addDecimals, type Decimal, fixDecimal } from '../decimal.ts';
import { type DailyTotal, estimateMonth, type MonthEstimate } from './month-estimate.ts';
import { sum } from './robust.ts';

const CONFIDENCE = 0.8;

export type Forecast = {
  /** Amounts are rounded to cents. */
  amount: Decimal;
  low: Decimal | null;
  high: Decimal | null;
  method: 'weekday_level';
  confidence: number | null;
  backtest_error_percent: string | null;
};

/**
 * Forecasts the total of the month that `today` is in: the exact amount so far plus an estimate for each day that is not
 * complete yet. The fields of the interval are null where the history is too short to measure it.
 * @param days those of the past year, in order
 * @param monthToDate what the month has cost so far, with today
 * @returns null where fewer than 14 of the last 56 days are complete
 */
export function forecastMonthEnd({
  today,
  monthToDate,
  days,
}: {
  today: Day;
  monthToDate: Decimal;
  days: readonly DailyTotal[];
}): Forecast | null {
  const estimate = estimateMonth(today, days);
  return estimate && forecastOf(estimate, monthToDate);
}

/** The total of the month by what is still to come in it. */
export function forecastOf({ open, factors, error_percent }: MonthEstimate, monthToDate: Decimal): Forecast {
  const rest = sum(open.map(({ amount }) => amount));
  const plus = (estimate: number) => addInCents(monthToDate, estimate);
  return {
    amount: plus(rest),
    low: factors && plus(rest * factors.low),
    high: factors && plus(rest * factors.high),
    method: 'weekday_level',
    confidence: factors && CONFIDENCE,
    backtest_error_percent: error_percent === null ? null : error_percent.toFixed(2),
  };
}

/** Adds an estimate to an exact amount and rounds to cents. */
const addInCents = (money: Decimal, estimate: number): Decimal =>
  fixDecimal(addDecimals(money, estimate.toFixed(2)), 2);
