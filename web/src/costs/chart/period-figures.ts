import { addDays } from '#domain/day.ts';
import { divideDecimals, percentOf, subtractDecimals, sumDecimals } from '#domain/decimal.ts';
import { weekdayName } from '../../ui/format/day.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { countIn, hasEnded, isWhole, type Period } from '../view/periods.ts';
import type { Series } from './series.ts';

/** A row of the read-out: a value's amount in a period, and how far it is from the usual amount, in percent. */
export type PeriodFigure = {
  value: string | null;
  name: string;
  colour: string;
  amount: string;
  percent: string | null;
};

const WEEKS = [7, 14, 21, 28];

/**
 * What each value of the chart cost in a period, and all together, compared with what is usual: of a day, the mean of the
 * same weekday of the four weeks before; of a week or a month, the one before.
 */
export function periodFigures(costs: ViewCosts, series: readonly Series[], period: Period) {
  const { groupsByPeriod, view } = costs;
  const usual = usualOf(costs, period);
  const drawn = new Set(series.map(({ value }) => value));
  const amountsOf = (starts: readonly string[], value: string | null | undefined) =>
    sumDecimals(
      groupsByPeriod.data
        .filter(({ period }) => period !== null && starts.includes(period))
        .filter(
          (row) => value === undefined || (value === null ? !drawn.has(row[view.by] ?? '') : row[view.by] === value),
        )
        .map(({ amount }) => amount),
    );
  const compared = (value: string | null | undefined) => {
    const amount = amountsOf([period.start], value);
    const mean = usual && divideDecimals(amountsOf(usual.starts, value), String(usual.starts.length), 18);
    return { amount, percent: mean ? percentOf(subtractDecimals(amount, mean), mean) : null };
  };
  return {
    rows: series.map(({ value, name, colour }): PeriodFigure => ({ value, name, colour, ...compared(value) })),
    total: compared(undefined),
    comparedWith: usual?.name,
  };
}

/** What each value of the chart cost from the first period up to this one, and all together, of a cumulative chart. */
export function figuresUpTo(sums: readonly Series[], { start }: Period): ReturnType<typeof periodFigures> {
  const rows = sums.map(({ value, name, colour, amounts }) => {
    return { value, name, colour, amount: amounts.get(start) ?? '0', percent: null };
  });
  const total = { amount: sumDecimals(rows.map(({ amount }) => amount)), percent: null };
  return { rows, total, comparedWith: undefined };
}

/** The periods that say what is usual; undefined where one of them is not complete, or the period itself is not. */
function usualOf({ granularity, groupsByPeriod, groups, missing, periods }: ViewCosts, period: Period) {
  if (!hasEnded(period, groups.synced_through)) return undefined;
  if (granularity === 'day') {
    const starts = WEEKS.map((days) => addDays(period.start, -days));
    const unknown = new Set(groupsByPeriod.missing_days);
    const isKnown = starts.every(
      (day) => day >= groupsByPeriod.from && day >= missing.historyFrom && !unknown.has(day),
    );
    return isKnown ? { starts, name: `the four ${weekdayName(period.start)} before` } : undefined;
  }
  const before = periods[periods.findIndex(({ start }) => start === period.start) - 1];
  const days = [...missing.notRead, ...missing.beforeHistory];
  const isComplete = (each: Period) => isWhole(each, granularity) && countIn(days, each) === 0;
  return before && isComplete(before) && isComplete(period)
    ? { starts: [before.start], name: `the ${granularity} before` }
    : undefined;
}
