import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { type DayRange, daysOf, lengthOf, monthOf } from '#domain/day.ts';
import { addDecimals } from '#domain/decimal.ts';

/** A budget that is further above everything else would make a flat line of it. */
const HIGHEST_BUDGET = 2;
const STEPS = 3;

/** Heights of the lines of a month that adds up. Floats: they are drawn, not read. */
export type BurnUpFigures = {
  /** What was spent up to each day's end, from 0. */
  now: readonly number[];
  before: readonly number[];
  /** `path`: from now to the end of the month, day by day; `low`, `high`: at its end. */
  forecast: { path: readonly number[]; low: number | null; high: number | null } | null;
  /** Undefined where there is none, or where it is far above. */
  budget: number | undefined;
  /** In days: of this month, and of the longer of the two. */
  days: number;
  length: number;
  /** Of the axis. */
  ticks: readonly number[];
};

export function burnUpFigures(
  { this_month, last_month, forecast, days }: CostsSummary,
  budgetAmount: string | undefined,
): BurnUpFigures {
  const amounts = new Map(days.map(({ day, amount }) => [day, amount]));
  const month = monthOf(this_month.from);
  const now = added(amounts, this_month);
  const before = added(amounts, last_month);
  const expected = forecast && {
    path: expectedPath(forecast, { from: this_month.to, to: month.to }, now.at(-1) ?? 0),
    low: forecast.low === null ? null : Number(forecast.low),
    high: forecast.high === null ? null : Number(forecast.high),
  };
  const highest = Math.max(now.at(-1) ?? 0, before.at(-1) ?? 0, Number(forecast?.high ?? forecast?.amount ?? 0), 1);
  const limit = Number(budgetAmount ?? Number.NaN);
  const budget = limit <= HIGHEST_BUDGET * highest ? limit : undefined;
  const top = Math.max(highest, budget ?? 0);
  const step = niceStep(top / STEPS);
  return {
    now,
    before,
    forecast: expected,
    budget,
    days: lengthOf(month),
    length: Math.max(lengthOf(month), lengthOf(last_month)),
    ticks: Array.from({ length: Math.ceil(top / step) + 1 }, (_, index) => index * step),
  };
}

/** What was spent up to each day's end, from 0. */
function added(amounts: ReadonlyMap<string, string>, range: DayRange): number[] {
  let sum = '0';
  const sums = daysOf(range).map((day) => {
    sum = addDecimals(sum, amounts.get(day) ?? '0');
    return Number(sum);
  });
  return [0, ...sums];
}

/** What is expected up to the end of each day to come, from what was spent so far; on the last day, of the rest of it. */
function expectedPath(
  { amount, days }: NonNullable<CostsSummary['forecast']>,
  toCome: DayRange,
  spent: number,
): readonly number[] {
  const heights = daysOf(toCome).map((last) =>
    days.filter(({ day }) => day <= last).reduce((sum, { amount }) => sum + Number(amount), spent),
  );
  return [spent, ...heights.slice(0, -1), Number(amount)];
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
}
