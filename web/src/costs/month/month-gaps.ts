import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { lengthOf } from '#domain/day.ts';
import { countIn } from '../view/periods.ts';

/** How much of a summary is not known: what was not read is never displayed as nothing. */
export type MonthGaps = {
  /** Days of each month that are due and were not read. */
  now: number;
  before: number;
  /** Whether no day of this month is known, so that its amount is not 0. */
  isUnknown: boolean;
};

export function monthGaps({ this_month, last_month, missing_days }: CostsSummary): MonthGaps {
  const now = countIn(missing_days, this_month);
  // Today is not due yet.
  const hasDay = now < lengthOf(this_month) - 1;
  return { now, before: countIn(missing_days, last_month), isUnknown: this_month.amount === '0' && !hasDay };
}
