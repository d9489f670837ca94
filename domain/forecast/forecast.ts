import { DAY_MS, type Day, daysOf, monthStart, startOfDay } from '../day.ts';
import { addDecimals, type Decimal, fixDecimal } from '../decimal.ts';
import { withoutLumps } from './lumps.ts';
import { sum } from './robust.ts';
import { type KnownDay, weekdayLevel } from './weekday-level.ts';

/** The method looks at this many days before the day of the forecast… */
const WINDOW_DAYS = 56;
/** …and needs this many complete ones among them. */
const MIN_DAYS = 14;
const CONFIDENCE = 0.8;
/** Past cases overlap and so differ too little: 80 % of months were measured to end between quantiles further out. */
export const QUANTILES = [0.07, 0.93];

/** The costs of a UTC day as far as it was read. */
export type DailyTotal = {
  day: Day;
  /** Without credits, refunds and charges that are known to be one-off. */
  amount: Decimal;
  /** Whether it was read after it had ended. */
  complete: boolean;
};

export type Forecast = {
  /** Amounts are rounded to cents. */
  amount: Decimal;
  low: Decimal | null;
  high: Decimal | null;
  method: 'weekday_level';
  confidence: number | null;
  backtest_error_percent: string | null;
};

/**
 * Forecasts the total of the month that `today` is in: the exact amount so far plus an estimate for each day that is not
 * complete yet, which is never negative. The interval is how far the same estimate was off in the past year with as many
 * days to go. Its fields are null where the past has fewer than 14 such cases.
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
}): Forecast | null {
  const known = days
    .filter(({ day, complete }) => complete && day < today)
    .map(({ day, amount }) => ({ day: numberOf(day), amount: atLeastZero(amount) }));
  const expected = expectedFrom(known, numberOf(today));
  if (!expected) return null;

  const amountSoFar = new Map(days.map(({ day, amount }) => [numberOf(day), atLeastZero(amount)]));
  const openDays = openDaysOf(today, new Set(known.map(({ day }) => day)));
  const rest = sum(openDays.map((day) => stillToCome(amountSoFar.get(day), expected(day))));

  const past = backtest(withoutLumps(known), { elapsed: Number(today.slice(8)) - 1, remaining: openDays.length });
  const ratios = past.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const hasInterval = ratios.length >= MIN_DAYS;
  const bounds = QUANTILES.map((share) => rest * quantile(ratios, share));
  const plus = (estimate: number) => addInCents(monthToDate, estimate);
  return {
    amount: plus(rest),
    low: hasInterval ? plus(Math.min(rest, ...bounds)) : null,
    high: hasInterval ? plus(Math.max(rest, ...bounds)) : null,
    method: 'weekday_level',
    confidence: hasInterval ? CONFIDENCE : null,
    backtest_error_percent: hasInterval ? (sum(past.map(({ error }) => error * 100)) / past.length).toFixed(2) : null,
  };
}

/** A day whose credits exceed its costs tells nothing about days to come. */
const atLeastZero = (amount: Decimal) => Math.max(0, Number(amount));

/** Days since 1970. */
const numberOf = (day: Day) => startOfDay(day) / DAY_MS;

/** The days of the month whose cost is not final yet, with today. */
function openDaysOf(today: Day, known: ReadonlySet<number>): number[] {
  return daysOf({ from: monthStart(today), to: monthStart(today, 1) })
    .map(numberOf)
    .filter((day) => !known.has(day));
}

/** The rest of a day's expected cost, once a part of it has been read. */
const stillToCome = (part: number | undefined, expected: number) =>
  part === undefined ? expected : Math.max(0, expected - part);

/** Applies the method to the days before `from`. Undefined where too few of them are complete. */
function expectedFrom(known: readonly KnownDay[], from: number) {
  const recent = known.filter(({ day }) => day >= from - WINDOW_DAYS && day < from);
  return recent.length >= MIN_DAYS ? weekdayLevel(recent) : undefined;
}

/**
 * Makes the forecast again for each past day, with as many days elapsed and remaining as now, and compares.
 * @returns `ratio`: the actual rest divided by the estimated one; `error`: relative to the whole month
 */
function backtest(known: readonly KnownDay[], { elapsed, remaining }: { elapsed: number; remaining: number }) {
  const amountOf = new Map(known.map(({ day, amount }) => [day, amount]));
  return known.flatMap(({ day: from }) => {
    const expected = expectedFrom(known, from);
    const ahead = Array.from({ length: remaining }, (_, index) => from + index);
    if (!expected || !ahead.every((day) => amountOf.has(day))) return [];
    const rest = sum(ahead.map((day) => amountOf.get(day) ?? 0));
    const estimate = sum(ahead.map(expected));
    const spent = sum(Array.from({ length: elapsed }, (_, index) => amountOf.get(from - 1 - index) ?? 0));
    if (estimate <= 0 || spent + rest <= 0) return [];
    return [{ ratio: rest / estimate, error: Math.abs(estimate - rest) / (spent + rest) }];
  });
}

/** Interpolates linearly between the two nearest values; NaN for an empty list. */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position % 1);
}

/** Adds an estimate to an exact amount and rounds to cents. */
const addInCents = (money: Decimal, estimate: number): Decimal =>
  fixDecimal(addDecimals(money, estimate.toFixed(2)), 2);
