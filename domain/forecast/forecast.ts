import { type Day, monthOf } from '../day.ts';
import { addDecimals, type Decimal, fixDecimal } from '../decimal.ts';
import { type DailyTotal, type Outlook, outlookOf } from './outlook.ts';

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

/** Of a month: what each day that is not complete yet is expected to cost, of today what is still to come. */
export type MonthForecast = Forecast & { days: { day: Day; amount: Decimal }[] };

/**
 * Forecasts the total of the month that `today` is in: the exact amount so far plus the outlook on the days to come. The
 * fields of the interval are null where the past has too few cases.
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
}): MonthForecast | null {
  const outlook = outlookOf({ today, period: monthOf(today), days });
  return (
    outlook && {
      ...toForecast(monthToDate, outlook),
      days: outlook.open.map(({ day, amount }) => ({ day, amount: amount.toFixed(2) })),
    }
  );
}

/** What a period will have cost, of what it has cost so far and of the outlook on its days to come. */
export function toForecast(soFar: Decimal, { rest, bounds, error }: Outlook): Forecast {
  const plus = (estimate: number) => addInCents(soFar, estimate);
  return {
    amount: plus(rest),
    low: bounds && plus(bounds.low),
    high: bounds && plus(bounds.high),
    method: 'weekday_level',
    confidence: bounds && CONFIDENCE,
    backtest_error_percent: error === null ? null : (error * 100).toFixed(2),
  };
}

/** Adds an estimate to an exact amount and rounds to cents. */
const addInCents = (money: Decimal, estimate: number): Decimal =>
  fixDecimal(addDecimals(money, estimate.toFixed(2)), 2);
