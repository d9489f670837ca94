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
import { alertQuery } from '#domain/page-address.ts';
import { openAlerts } from '../../alerts/select-alerts.ts';
import { longDay, weekdayName } from '../../ui/format/day.ts';
import { exactMoney, roundMoney } from '../../ui/format/money.ts';
import { formatPercent, signedPercent } from '../../ui/format/number.ts';
import type { Compared } from '../data/compare.ts';
import { unitPrice } from '../data/unit-price.ts';

/** A line of "Worth a look". `isOdd`: something that may need an action. */
export type Remark = { text: string; isOdd: boolean; href?: string };

/** What rules go by. Without `data`, `why` says what is missing; '' while it loads. */
type Part<T> = { data: T | undefined; why: string };
export type Parts = {
  alerts: Part<readonly AlertView[]>;
  summary: Part<CostsSummary>;
  /** Those of a range that is compared. */
  lineItems: Part<readonly Compared[]>;
  /** The first day that every organization has; undefined where it is not known. */
  historyFrom: string | undefined;
};

/** `notJudged`: what no rule could go by, and why. "Nothing unusual" is true without any, and once nothing loads. */
export type Findings = { remarks: readonly Remark[]; notJudged: readonly string[]; isLoading: boolean };

const MOST = 6;
const MOST_ALERTS = 3;
/** In percent: what differs by less from the usual weekday is usual. */
const USUAL = 25;
/** In percent: growth and decline of a line item, and its share of the costs, from which it is named. */
const JUMP = 25;
const SHARE = 0.5;
/** In percent: a price is a rounded quotient. */
const SAME_PRICE = 0.5;

/** Sixfold at most, each by its rule; a rule without enough to go by says so, and guesses nothing. */
export function findRemarks({ alerts, summary, lineItems, historyFrom }: Parts, currency: string): Findings {
  const found: readonly (readonly [what: string, found: readonly Remark[] | string])[] = [
    ['alerts', alerts.data ? ofAlerts(alerts.data) : alerts.why],
    ['the last day', summary.data ? lastDay(summary.data, historyFrom) : summary.why],
    ['line items', lineItems.data ? ofLineItems(lineItems.data, currency) : lineItems.why],
  ];
  // In their order, up to what loads: a line that came in between would move the others.
  const loading = found.findIndex(([, each]) => each === '');
  const settled = loading < 0 ? found : found.slice(0, loading);
  return {
    remarks: settled.flatMap(([, each]) => (typeof each === 'string' ? [] : each)).slice(0, MOST),
    notJudged: found.flatMap(([what, why]) => (typeof why === 'string' && why ? [`${what} (${why})`] : [])),
    isLoading: loading >= 0,
  };
}

const ofAlerts = (alerts: readonly AlertView[]): Remark[] =>
  openAlerts(alerts)
    .slice(0, MOST_ALERTS)
    .map(({ id, title }) => ({ text: title, isOdd: true, href: `/alerts?${alertQuery(id)}` }));

const ofLineItems = (rows: readonly Compared[], currency: string): Remark[] => [
  ...jumps(rows, currency),
  ...prices(rows, currency),
  ...credits(rows, currency),
];

/** The newest complete day beside the mean of the same weekday of the four weeks before; or why that is not known. */
function lastDay(summary: CostsSummary, historyFrom: string | undefined): Remark[] | string {
  const { synced_through: day, days, missing_days, last_month, currency } = summary;
  if (!day) return 'no day is complete yet';
  const before = [7, 14, 21, 28].map((ago) => addDays(day, -ago));
  const first = addDays(day, -28);
  if (historyFrom === undefined) return 'the organizations could not be loaded';
  if (first < historyFrom) return `the history starts on ${longDay(historyFrom)}`;
  // The summary's days begin with last month. Only a February of 28 days is too short for its own last day.
  if (first < last_month.from)
    return day < addDays(last_month.to, -1)
      ? `nothing is read since ${longDay(day)}`
      : 'last month has too few days for it';
  if ([day, ...before].some((each) => missing_days.includes(each))) return 'one like it is not read yet';
  const amounts = new Map(days.map(({ day, amount }) => [day, amount]));
  const amount = amounts.get(day) ?? '0';
  const usual = divideDecimals(sumDecimals(before.map((each) => amounts.get(each) ?? '0')), '4', 6) ?? '0';
  const percent = percentOf(subtractDecimals(amount, usual), usual);
  if (percent === null && amount === '0') return [];
  const isOdd = percent === null || Math.abs(Number(percent)) > USUAL;
  const than = `${weekdayName(day)} of the four weeks before (${roundMoney(usual, currency)})`;
  const how = percent === null ? 'other than' : `${isOdd ? signedPercent(percent, 0) : 'as usual'} on`;
  return [{ text: `${longDay(day)}: ${roundMoney(amount, currency)}, ${how} the ${than}`, isOdd }];
}

/** The two line items whose amounts grew most, among those that count. */
function jumps(rows: readonly Compared[], currency: string): Remark[] {
  const total = totalOf(rows);
  return rows
    .filter(({ change }) => !change.startsWith('-') && exceeds(percentOf(change, total), SHARE))
    .toSorted((a, b) => compareDecimals(b.change, a.change))
    .flatMap(({ value, change, before }) => {
      const percent = before ? percentOf(change, before.amount) : null;
      if (!before) return [{ text: `${nameOf(value)} is new: ${roundMoney(change, currency)}`, isOdd: true }];
      if (!exceeds(percent, JUMP)) return [];
      const grown = `grew by ${formatPercent(percent ?? '0', 0)}: ${roundMoney(change, currency)} more`;
      return [{ text: `${nameOf(value)} ${grown}`, isOdd: true }];
    })
    .slice(0, 2);
}

/** Line items whose price of a unit changed, the most expensive two of those that count. */
function prices(rows: readonly Compared[], currency: string): Remark[] {
  const total = totalOf(rows);
  return rows
    .filter(({ ended }) => exceeds(percentOf(absDecimal(ended.amount), total), SHARE))
    .flatMap(({ value, ended, before }) => {
      if (!before?.quantity || !ended.quantity || !ended.quantity_unit || before.quantity_unit !== ended.quantity_unit)
        return [];
      const unit = ended.quantity_unit;
      const now = unitPrice({ amount: ended.amount, quantity: ended.quantity }, unit);
      const then = unitPrice({ amount: before.amount, quantity: before.quantity }, unit);
      const percent = now && then && percentOf(subtractDecimals(now.price, then.price), then.price);
      if (!now || !then || !exceeds(percent && absDecimal(percent), SAME_PRICE)) return [];
      const text = `${nameOf(value)} costs ${exactMoney(now.price, currency)} per ${now.per}, ${exactMoney(then.price, currency)} before`;
      return [{ text, isOdd: true }];
    })
    .slice(0, 2);
}

/** What OpenAI gave back. */
function credits(rows: readonly Compared[], currency: string): Remark[] {
  const credits = rows.filter(({ ended }) => ended.amount.startsWith('-'));
  if (credits.length === 0) return [];
  const sum = absDecimal(sumDecimals(credits.map(({ ended }) => ended.amount)));
  const text = `${credits.length === 1 ? 'A credit' : `${credits.length} credits`} of ${roundMoney(sum, currency)}`;
  return [{ text, isOdd: false }];
}

const nameOf = (lineItem: string) => lineItem || 'No line item';
const totalOf = (rows: readonly Compared[]) => sumDecimals(rows.map(({ ended }) => absDecimal(ended.amount)));
const exceeds = (percent: string | null, limit: number) => percent !== null && Number(percent) >= limit;
