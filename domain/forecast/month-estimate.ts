import { DAY_MS, type Day, dayAt, daysOf, monthStart, startOfDay } from '../day.ts';
import type { Decimal } from '../decimal.ts';
import { withoutLumps } from './lumps.ts';
import { sum } from './robust.ts';
import { type KnownDay, weekdayLevel } from './weekday-level.ts';

/** The method looks at this many days before the day of the forecast… */
const WINDOW_DAYS = 56;
/** …and needs this many complete ones among them. */
const MIN_DAYS = 14;
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

/** What is still to come in a month. */
export type MonthEstimate = {
  /** The days that are not complete yet, in order, each with the part of its costs that is still to come. */
  open: { day: Day; amount: number }[];
  /** By which factor the costs to come may be lower or higher; null where the past has fewer than 14 cases. */
  factors: { low: number; high: number } | null;
  /** The average error in past months, in percent of the whole month; null as `factors` are. */
  error_percent: number | null;
};

/**
 * Estimates what each day of the month that `today` is in will still cost, never less than nothing. How far the same
 * estimate was off in the past year, with as many days to go, says how far this one may be.
 * @param days those of the past year, in order
 * @returns null where fewer than 14 of the last 56 days are complete
 */
export function estimateMonth(today: Day, days: readonly DailyTotal[]): MonthEstimate | null {
  const known = days
    .filter(({ day, complete }) => complete && day < today)
    .map(({ day, amount }) => ({ day: numberOf(day), amount: atLeastZero(amount) }));
  const expected = expectedFrom(known, numberOf(today));
  if (!expected) return null;

  const amountSoFar = new Map(days.map(({ day, amount }) => [numberOf(day), atLeastZero(amount)]));
  const openDays = openDaysOf(today, new Set(known.map(({ day }) => day)));
  const open = openDays.map((day) => ({
    day: dayAt(day * DAY_MS),
    amount: stillToCome(amountSoFar.get(day), expected(day)),
  }));

  const past = backtest(withoutLumps(known), { elapsed: Number(today.slice(8)) - 1, remaining: openDays.length });
  if (past.length < MIN_DAYS) return { open, factors: null, error_percent: null };
  const ratios = past.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const bounds = QUANTILES.map((share) => quantile(ratios, share));
  return {
    open,
    factors: { low: Math.min(1, ...bounds), high: Math.max(1, ...bounds) },
    error_percent: sum(past.map(({ error }) => error * 100)) / past.length,
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
