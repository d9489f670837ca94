import { type Day, type DayRange, monthStart } from '../day.ts';
import type { Decimal } from '../decimal.ts';

export const BUDGET_PERIODS = ['month', 'quarter', 'year'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** A share of the budget, in percent: of what was spent, or of what the whole period is forecast to cost. */
export type Threshold = { of: 'actual' | 'forecast'; percent: number };

export const DEFAULT_THRESHOLDS: readonly Threshold[] = [
  { of: 'actual', percent: 50 },
  { of: 'actual', percent: 80 },
  { of: 'actual', percent: 100 },
  { of: 'forecast', percent: 100 },
];

/** What a tenant wants to spend at most in each calendar month, quarter or year, in UTC. */
export type Budget = {
  budget_id: string;
  /** Unix milliseconds of the last change that starts the budget anew. Alerts belong to a revision. */
  revision: number;
  name: string;
  /** By dimension of costs, the values that count; all costs where it is empty. */
  filters: Readonly<Record<string, readonly string[]>>;
  period: BudgetPeriod;
  amount: Decimal;
  currency: string;
  thresholds: readonly Threshold[];
};

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The month, quarter or year that a day is in. */
export function periodAround(day: Day, period: BudgetPeriod): DayRange {
  const months = MONTHS[period];
  const from = monthStart(day, -((Number(day.slice(5, 7)) - 1) % months));
  return { from, to: monthStart(from, months) };
}
