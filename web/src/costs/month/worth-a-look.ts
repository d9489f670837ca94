import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { addDays } from '#domain/day.ts';
import {
  absDecimal,
  compareDecimals,
  divideDecimals,
  percentOf,
  subtractDecimals,
  sumDecimals,
} from '#domain/decimal.ts';
import { openAlerts } from '../../alerts/select-alerts.ts';
import { longDay, weekdayName } from '../../ui/format/day.ts';
import { roundMoney } from '../../ui/format/money.ts';
import { formatPercent, signedPercent } from '../../ui/format/number.ts';
import type { Compared } from '../data/compare.ts';
import { unitPrice } from '../data/unit-price.ts';

/** A line of "Worth a look". `isOdd`: something that may need an action. */
export type Remark = { text: string; isOdd: boolean; href?: string };

const MOST_ALERTS = 3;
/** In percent: what differs by less from the usual weekday is usual. */
const USUAL = 25;
/** In percent: growth and decline of a line item, and its share of the costs, from which it is named. */
const JUMP = 25;
const SHARE = 0.5;
/** In percent: a price is a rounded quotient. */
const SAME_PRICE = 0.5;

/** Sixfold at most, each by its rule; a rule without enough to go by says nothing. */
export function remarksOn(
  alerts: readonly AlertView[],
  summary: CostsSummary | undefined,
  lineItems: readonly Compared[],
  currency: string,
): Remark[] {
  return [
    ...openAlerts(alerts)
      .slice(0, MOST_ALERTS)
      .map(({ title }) => ({ text: title, isOdd: true, href: '/alerts' })),
    ...(summary ? lastDay(summary, currency) : []),
    ...jumps(lineItems, currency),
    ...prices(lineItems, currency),
    ...credits(lineItems, currency),
  ].slice(0, 6);
}

/** The newest complete day beside the mean of the same weekday of the four weeks before. */
function lastDay({ synced_through: day, days, missing_days, last_month }: CostsSummary, currency: string): Remark[] {
  if (!day) return [];
  const before = [7, 14, 21, 28].map((ago) => addDays(day, -ago));
  const isKnown = before.every((each) => each >= last_month.from && !missing_days.includes(each));
  const amounts = new Map(days.map(({ day, amount }) => [day, amount]));
  const usual = divideDecimals(sumDecimals(before.map((each) => amounts.get(each) ?? '0')), '4', 6);
  const amount = amounts.get(day);
  if (!isKnown || amount === undefined || usual === null) return [];
  const percent = percentOf(subtractDecimals(amount, usual), usual);
  if (percent === null) return [];
  const isOdd = Math.abs(Number(percent)) > USUAL;
  const than = `${weekdayName(day)} of the four weeks before (${roundMoney(usual, currency)})`;
  const text = `${longDay(day)}: ${roundMoney(amount, currency)}, ${isOdd ? `${signedPercent(percent, 0)} on` : 'as usual on'} the ${than}`;
  return [{ text, isOdd }];
}

/** The two line items whose amounts grew or fell most, among those that count. */
function jumps(rows: readonly Compared[], currency: string): Remark[] {
  const total = sumDecimals(rows.map(({ ended }) => absDecimal(ended.amount)));
  return rows
    .filter(({ change }) => !change.startsWith('-') && exceeds(percentOf(change, total), SHARE))
    .toSorted((a, b) => compareDecimals(b.change, a.change))
    .flatMap(({ value, change, before }) => {
      const percent = before ? percentOf(change, before.amount) : null;
      if (!before) return [{ text: `${value} is new: ${roundMoney(change, currency)}`, isOdd: true }];
      if (!exceeds(percent, JUMP)) return [];
      return [
        {
          text: `${value} grew by ${formatPercent(percent ?? '0', 0)}: ${roundMoney(change, currency)} more`,
          isOdd: true,
        },
      ];
    })
    .slice(0, 2);
}

/** Line items whose price of a unit changed, the most expensive two. */
function prices(rows: readonly Compared[], currency: string): Remark[] {
  return rows
    .flatMap(({ value, ended, before }) => {
      if (!before?.quantity || !ended.quantity || !ended.quantity_unit || before.quantity_unit !== ended.quantity_unit)
        return [];
      const unit = ended.quantity_unit;
      const now = unitPrice({ amount: ended.amount, quantity: ended.quantity }, unit);
      const then = unitPrice({ amount: before.amount, quantity: before.quantity }, unit);
      const percent = now && then && percentOf(subtractDecimals(now.price, then.price), then.price);
      if (!now || !then || !exceeds(percent && absDecimal(percent), SAME_PRICE)) return [];
      const text = `${value} costs ${roundMoney(now.price, currency)} per ${now.per}, ${roundMoney(then.price, currency)} before`;
      return [{ text, isOdd: true }];
    })
    .slice(0, 2);
}

/** What OpenAI gave back. */
function credits(rows: readonly Compared[], currency: string): Remark[] {
  const credits = rows.filter(({ ended }) => ended.amount.startsWith('-'));
  if (credits.length === 0) return [];
  const sum = absDecimal(sumDecimals(credits.map(({ ended }) => ended.amount)));
  return [
    {
      text: `${credits.length === 1 ? 'A credit' : `${credits.length} credits`} of ${roundMoney(sum, currency)}`,
      isOdd: false,
    },
  ];
}

const exceeds = (percent: string | null, limit: number) => percent !== null && Number(percent) >= limit;
