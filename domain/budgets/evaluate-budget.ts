import type { Day, DayRange } from '../day.ts';
import { compareDecimals, type Decimal, multiplyDecimal, percentOf } from '../decimal.ts';
import { type Forecast, toForecast } from '../forecast/forecast.ts';
import { type DailyTotal, outlookOf } from '../forecast/outlook.ts';
import { reach } from '../forecast/reach.ts';
import type { Budget, Threshold } from './budget.ts';

export const BUDGET_STATES = ['on_track', 'at_risk', 'exceeded', 'unknown'] as const;

/** What was spent of a budget. */
export type Spend = {
  /** In the period so far. */
  amount: Decimal;
  /** Days of the period that are due and were not read. */
  missing_days: readonly Day[];
  /** The recurring costs of the past year, in order. */
  days: readonly DailyTotal[];
};

export type BudgetEvaluation = {
  state: (typeof BUDGET_STATES)[number];
  /** Why the state is unknown; null where it is known. */
  unknown_because: 'missing_days' | 'short_history' | null;
  period: DayRange;
  spent: Decimal;
  spent_percent: string;
  missing_days: readonly Day[];
  /** Of the whole period; null once the period is over, and where the state cannot be told. */
  forecast: Forecast | null;
  /** The day on which the budget is expected to be used up, and the first and last one on which it may be. */
  breach: { day: Day; earliest: Day | null; latest: Day | null } | null;
};

/**
 * Compares what was spent in a period with its budget. What was spent decides alone that a budget is exceeded; all else
 * is unknown while days are missing.
 */
export function evaluateBudget(
  { amount }: Pick<Budget, 'amount'>,
  { today, period, spend }: { today: Day; period: DayRange; spend: Spend },
): BudgetEvaluation {
  const isExceeded = compareDecimals(spend.amount, amount) >= 0;
  const isOver = period.to <= today;
  const isMissing = spend.missing_days.length > 0;
  const outlook = isOver || isMissing ? null : outlookOf({ today, period, days: spend.days });
  const forecast = outlook && toForecast(spend.amount, outlook);
  const unknown_because = isExceeded ? null : isMissing ? 'missing_days' : isOver || outlook ? null : 'short_history';
  const { expected_on, earliest_on, latest_on } = reach(amount, spend.amount, outlook);
  const isAtRisk = forecast !== null && compareDecimals(forecast.amount, amount) >= 0;
  return {
    state: isExceeded ? 'exceeded' : unknown_because ? 'unknown' : isAtRisk ? 'at_risk' : 'on_track',
    unknown_because,
    period,
    spent: spend.amount,
    spent_percent: percentOf(spend.amount, amount) ?? '0.00',
    missing_days: spend.missing_days,
    forecast,
    breach: expected_on ? { day: expected_on, earliest: earliest_on, latest: latest_on } : null,
  };
}

/** The thresholds that a period has reached. None of the forecast is reached while there is no forecast. */
export function reachedThresholds(
  { amount, thresholds }: Pick<Budget, 'amount' | 'thresholds'>,
  { spent, forecast }: { spent: Decimal; forecast: Pick<Forecast, 'amount'> | null },
): Threshold[] {
  return thresholds.filter(({ of, percent }) => {
    const reached = of === 'actual' ? spent : forecast?.amount;
    return (
      reached !== undefined && compareDecimals(multiplyDecimal(reached, 100), multiplyDecimal(amount, percent)) >= 0
    );
  });
}
