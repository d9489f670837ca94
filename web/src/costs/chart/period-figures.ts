import { addDays } from '#domain/day.ts';
import { divideDecimals, percentOf, subtractDecimals, sumDecimals } from '#domain/decimal.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import type { Series } from './series.ts';

/** A row of the read-out: a value's amount on a day, and how far it is from the usual amount, in percent. */
export type DayFigure = { value: string | null; name: string; colour: string; amount: string; percent: string | null };

const WEEKS = [7, 14, 21, 28];

/**
 * What each value of the chart cost on a day, and all together, compared with the mean of the same weekday of the four
 * weeks before. Nothing is compared where one of these days is missing, or where the day is not over.
 */
export function dayFigures(costs: ViewCosts, series: readonly Series[], day: string) {
  const { dailyGroups, missing, view, groups } = costs;
  const before = WEEKS.map((days) => addDays(day, -days));
  const unknown = new Set(dailyGroups.missing_days);
  const isComparable =
    groups.synced_through !== null &&
    day <= groups.synced_through &&
    before.every((each) => each >= dailyGroups.from && each >= missing.historyFrom && !unknown.has(each));
  const drawn = new Set(series.map(({ value }) => value));
  const amountsOf = (days: readonly string[], value: string | null | undefined) =>
    sumDecimals(
      dailyGroups.data
        .filter(({ period }) => period !== null && days.includes(period))
        .filter(
          (row) => value === undefined || (value === null ? !drawn.has(row[view.by] ?? '') : row[view.by] === value),
        )
        .map(({ amount }) => amount),
    );
  const compared = (value: string | null | undefined) => {
    const amount = amountsOf([day], value);
    const usual = isComparable ? divideDecimals(amountsOf(before, value), '4', 18) : null;
    return { amount, percent: usual === null ? null : percentOf(subtractDecimals(amount, usual), usual) };
  };
  return {
    rows: series.map(({ value, name, colour }): DayFigure => ({ value, name, colour, ...compared(value) })),
    total: compared(undefined),
    isComparable,
  };
}
