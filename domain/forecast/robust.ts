/** A value is far outside when it is more than this many times the median, or less than that part of it. */
export const FAR = 3;

/** Whether a value is near the median, which is above 0. */
export const isNear = (value: number, median: number) => value <= median * FAR && value * FAR >= median;

/**
 * The median; of an even count the middle value that is nearer to `reference`, so that of two days the odd one loses.
 * 0 for an empty list.
 */
export function medianNear(values: readonly number[], reference: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? high;
  return distance(low, reference) <= distance(high, reference) ? low : high;
}

/** By how many times two amounts differ. */
const distance = (a: number, b: number) => (Math.max(a, b) + 1e-9) / (Math.min(a, b) + 1e-9);

const WEEK = 7;

type Costs = readonly { amount: number }[];
const spentIn = (days: Costs) => days.filter(({ amount }) => amount > 0).length;

/** Whether days have costs less than once a week, and their latest week does not have them on most of its days. */
export const isRare = (days: Costs, latestWeek: Costs) =>
  spentIn(days) * WEEK < days.length && spentIn(latestWeek) * 2 <= WEEK;

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export const meanOf = (values: readonly number[]) => (values.length > 0 ? sum(values) / values.length : 0);
