import type { Costs } from '#api/routes/costs/get-costs.ts';
import { addDays, type DayRange, lengthOf } from '#domain/day.ts';
import { addDecimals } from '#domain/decimal.ts';
import type { Granularity, Period } from '../view/periods.ts';
import { type Comparison, yearsFrom } from '../view/range.ts';

/** What was spent in the days of the comparison period that stand where a period's days do. */
export type ComparedAmount = DayRange & { amount: string };

type Compared = {
  /** The comparison period, by day. */
  before: Pick<Costs, 'from' | 'to' | 'data'>;
  days: DayRange;
  periods: readonly Period[];
  granularity: Granularity;
  comparison: Comparison;
};

/**
 * The comparison period laid over the periods of a range, by the first day of each: the nth day over the nth, or each
 * day over the same day a year later. So two weeks that are drawn together have as many days. Days for which the range
 * has none, such as an October 31, count to its last week or month, and are not drawn by day.
 */
export function comparedAmounts({ before, days, periods, granularity, comparison }: Compared) {
  const shift = lengthOf({ from: before.from, to: days.from });
  const placeOf = (day: string) => (comparison === 'year' ? yearsFrom(day, 1) : addDays(day, shift));
  const amounts = new Map(before.data.map(({ period, amount }) => [period ?? '', amount]));
  const laid = new Map<string, ComparedAmount>();
  for (let day = before.from; day < before.to; day = addDays(day, 1)) {
    const place = placeOf(day);
    const isBeyond = place >= days.to;
    const period = isBeyond ? periods.at(-1) : periods.find(({ from, to }) => place >= from && place < to);
    if (!period || (isBeyond && granularity === 'day')) continue;
    const { from, amount } = laid.get(period.start) ?? { from: day, amount: '0' };
    laid.set(period.start, { from, to: addDays(day, 1), amount: addDecimals(amount, amounts.get(day) ?? '0') });
  }
  return laid;
}

/** The same added up from period to period. */
export function comparedSums(amounts: ReadonlyMap<string, ComparedAmount>, periods: readonly Period[]) {
  const sums = new Map<string, ComparedAmount>();
  let before: ComparedAmount | undefined;
  for (const { start } of periods) {
    const each = amounts.get(start);
    if (!each) continue;
    before = before ? { ...before, to: each.to, amount: addDecimals(before.amount, each.amount) } : each;
    sums.set(start, before);
  }
  return sums;
}
