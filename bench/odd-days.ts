import { formatExact, parseExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { randomFrom } from '#dev/simulators/openai/arithmetic/random.ts';
import type { DailyTotal } from '#domain/forecast/outlook.ts';

/** How many mean days each costs. Credits are negative. */
export const CHARGES = [-50, -20, -10, -3, -1.5, 2, 5, 20, 100];
/** One in this many days has a credit or a one-off charge: about one a month. */
export const EVERY_DAYS = 30;

/** A year with credits and one-off charges, which follow from the seed alone. */
export function withOddDays(seed: string, year: readonly DailyTotal[]): DailyTotal[] {
  const random = randomFrom(`odd days of ${seed}`);
  const mean = year.reduce((sum, { amount }) => sum + parseExact(amount), 0n) / BigInt(year.length);
  return year.map((day) => {
    const isOdd = random() < 1 / EVERY_DAYS;
    const charge = CHARGES[Math.floor(random() * CHARGES.length)] ?? 0;
    if (!isOdd) return day;
    return { ...day, amount: formatExact(parseExact(day.amount) + (mean * BigInt(charge * 10)) / 10n) };
  });
}
