import { DAY_MS, type Day, type DayRange, dayAt, dayNumber, daysOf } from '../day.ts';
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

/** What the days of a period that are not complete yet are expected to cost. */
export type Outlook = {
  /** In order. Of today, what is still to come. */
  open: { day: Day; amount: number }[];
  /** The sum of these, and how low and high it may be; no bounds where the past has too few cases to measure them. */
  rest: number;
  bounds: { low: number; high: number } | null;
  /** The mean error of the method in the past, as a share of the period. */
  error: number | null;
};

/**
 * Estimates each day of the period that is not complete yet, which is never negative. The bounds are how far the same
 * estimate was off in the past year with as many days to go.
 * @param days those of the past year, in order
 * @returns null where fewer than 14 of the last 56 days are complete
 */
export function outlookOf({
  today,
  period,
  days,
}: {
  today: Day;
  period: DayRange;
  days: readonly DailyTotal[];
}): Outlook | null {
  const known = days
    .filter(({ day, complete }) => complete && day < today)
    .map(({ day, amount }) => ({ day: dayNumber(day), amount: atLeastZero(amount) }));
  const expected = expectedFrom(known, dayNumber(today));
  if (!expected) return null;

  const amountSoFar = new Map(days.map(({ day, amount }) => [dayNumber(day), atLeastZero(amount)]));
  const open = openDaysOf(period, new Set(known.map(({ day }) => day))).map((day) => ({
    day: dayAt(day * DAY_MS),
    amount: stillToCome(amountSoFar.get(day), expected(day)),
  }));
  const rest = sum(open.map(({ amount }) => amount));

  const elapsed = dayNumber(today) - dayNumber(period.from);
  const past = backtest(withoutLumps(known), { elapsed, remaining: open.length });
  if (past.length < MIN_DAYS) return { open, rest, bounds: null, error: null };
  const ratios = past.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const bounds = QUANTILES.map((share) => rest * quantile(ratios, share));
  return {
    open,
    rest,
    bounds: { low: Math.min(rest, ...bounds), high: Math.max(rest, ...bounds) },
    error: sum(past.map(({ error }) => error)) / past.length,
  };
}

/** A day whose credits exceed its costs tells nothing about days to come. */
const atLeastZero = (amount: Decimal) => Math.max(0, Number(amount));

/** The days of the period whose cost is not final yet, with today. */
const openDaysOf = (period: DayRange, known: ReadonlySet<number>): number[] =>
  daysOf(period)
    .map(dayNumber)
    .filter((day) => !known.has(day));

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
 * @returns `ratio`: the actual rest divided by the estimated one; `error`: relative to the whole period
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
