import { DAY_MS, daysOf, monthStart, startOfDay } from '../day.ts';
import { addDecimals, type Decimal, fixDecimal } from '../decimal.ts';
import { type KnownDay, weekdayLevel } from './weekday-level.ts';

const WINDOW_DAYS = 56;
const FEWEST_DAYS = 14;
const CONFIDENCE = 0.8;

/** What a UTC day cost as far as it was read; `complete` where it was read after it had ended. */
export type DailyTotal = { day: string; amount: string; complete: boolean };

export type Forecast = {
  /** Money is rounded to cents. */
  amount: string;
  low: string | null;
  high: string | null;
  method: 'weekday_level';
  confidence: number | null;
  backtest_error_percent: string | null;
};

/**
 * What the month of `today` will have cost when it ends: what it cost so far, exact, and an estimate of the days that
 * are not complete yet. How far off that may be is what the same method was off by in the organization's own past, with
 * as many days to go; null where that is too short to say.
 * @param question `days`: of a year, in order; `monthToDate`: exact decimal text, today's part in it
 * @returns null where fewer than 14 of the last 56 days are complete
 */
export function forecastMonthEnd({
  today,
  monthToDate,
  days,
}: {
  today: string;
  monthToDate: string;
  days: readonly DailyTotal[];
}): Forecast | null {
  const known = days
    .filter(({ day, complete }) => complete && day < today)
    .map(({ day, amount }) => ({ day: numberOf(day), amount: Number(amount) }));
  const expect = expectFrom(known, numberOf(today));
  if (!expect) return null;

  const partOf = new Map(days.map(({ day, amount }) => [numberOf(day), Math.max(0, Number(amount))]));
  const open = openDays(today, new Set(known.map(({ day }) => day)));
  const rest = sum(open.map((day) => stillToCome(partOf.get(day), expect(day))));

  const past = backtest(known, { elapsed: Number(today.slice(8)) - 1, remaining: open.length });
  const ratios = past.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const isTold = ratios.length >= FEWEST_DAYS;
  const bounds = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2].map((share) => rest * quantile(ratios, share));
  const plus = (estimate: number) => addInCents(monthToDate, estimate);
  return {
    amount: plus(rest),
    low: isTold ? plus(Math.min(rest, ...bounds)) : null,
    high: isTold ? plus(Math.max(rest, ...bounds)) : null,
    method: 'weekday_level',
    confidence: isTold ? CONFIDENCE : null,
    backtest_error_percent: isTold ? (sum(past.map(({ error }) => error * 100)) / past.length).toFixed(2) : null,
  };
}

/** Days as numbers, so that they can be counted. */
const numberOf = (day: string) => startOfDay(day) / DAY_MS;

/** The month's days whose cost is not known yet, today among them. */
function openDays(today: string, known: ReadonlySet<number>): number[] {
  return daysOf({ from: monthStart(today), to: monthStart(today, 1) })
    .map(numberOf)
    .filter((day) => !known.has(day));
}

/** What is still to come of a day that has had a part of its costs. */
const stillToCome = (part: number | undefined, expected: number) =>
  part === undefined ? expected : Math.max(0, expected - part);

/** What the method makes of the days before `from`; undefined where those are too few. */
function expectFrom(known: readonly KnownDay[], from: number) {
  const recent = known.filter(({ day }) => day >= from - WINDOW_DAYS && day < from);
  return recent.length >= FEWEST_DAYS ? weekdayLevel(recent) : undefined;
}

/**
 * How the method would have done on each day of the past, with as many days gone and to come as now.
 * @returns `ratio`: the true rest by the estimated one; `error`: relative to the whole month
 */
function backtest(known: readonly KnownDay[], { elapsed, remaining }: { elapsed: number; remaining: number }) {
  const amountOf = new Map(known.map(({ day, amount }) => [day, amount]));
  return known.flatMap(({ day: from }) => {
    const expect = expectFrom(known, from);
    const ahead = Array.from({ length: remaining }, (_, index) => from + index);
    if (!expect || !ahead.every((day) => amountOf.has(day))) return [];
    const rest = sum(ahead.map((day) => amountOf.get(day) ?? 0));
    const estimate = sum(ahead.map(expect));
    const gone = sum(Array.from({ length: elapsed }, (_, index) => amountOf.get(from - 1 - index) ?? 0));
    if (estimate <= 0 || gone + rest <= 0) return [];
    return [{ ratio: rest / estimate, error: Math.abs(estimate - rest) / (gone + rest) }];
  });
}

/** Linear between the neighbours; NaN of nothing. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low = Number.NaN, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at % 1);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Exact money and an estimate, rounded to cents. */
const addInCents = (money: Decimal, estimate: number): Decimal =>
  fixDecimal(addDecimals(money, estimate.toFixed(2)), 2);
