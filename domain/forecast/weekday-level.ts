import { isNear, meanOf, medianNear, sum } from './robust.ts';

/** A complete day, as its number since 1970, and what it cost; at least 0. */
export type KnownDay = { day: number; amount: number };
/** Takes known days, in order and not empty; returns what a later day is expected to cost. */
export type Method = (known: readonly KnownDay[]) => (day: number) => number;

const WEEK = 7;

/**
 * Expects of each weekday its mean over all known days, brought to the level of the latest seven. Days far outside the
 * median of their weekday, and among the latest seven those far outside the median level, count in neither. Where there
 * are costs on less than one day a week, there is no rhythm, and nothing is expected.
 */
export const weekdayLevel: Method = (known) => {
  const spent = known.filter(({ amount }) => amount > 0);
  if (spent.length * WEEK < known.length) return () => 0;
  const days = withoutOneOffs(known);
  const mean = meanOf(days.map(({ amount }) => amount));
  const weekdayMeans = Array.from({ length: WEEK }, (_, weekday) => {
    const sameWeekday = days.filter(({ day }) => day % WEEK === weekday);
    return sameWeekday.length > 0 ? meanOf(sameWeekday.map(({ amount }) => amount)) : mean;
  });
  const usual = (day: number) => weekdayMeans[day % WEEK] ?? mean;
  const level = levelOf(known.slice(-WEEK), new Set(days), usual);
  return (day) => level * usual(day);
};

/** Leaves out days far outside the median of their weekday; on a weekday that is mostly free, far above any usual day. */
function withoutOneOffs(known: readonly KnownDay[]): readonly KnownDay[] {
  const amounts = known.map(({ amount }) => amount);
  const medianOfSpent = medianNear(
    amounts.filter((amount) => amount > 0),
    0,
  );
  const medianOfAll = medianNear(amounts, medianOfSpent);
  const medians = Array.from({ length: WEEK }, (_, weekday) => {
    const sameWeekday = known.filter(({ day }) => day % WEEK === weekday);
    return medianNear(
      sameWeekday.map(({ amount }) => amount),
      medianOfAll,
    );
  });
  return known.filter(({ day, amount }) => {
    const median = medians[day % WEEK] ?? 0;
    return median > 0 ? isNear(amount, median) : amount <= medianOfSpent || isNear(amount, medianOfSpent);
  });
}

/** How the latest days compare with what is usual for them. */
function levelOf(latest: readonly KnownDay[], regular: ReadonlySet<KnownDay>, usual: (day: number) => number): number {
  const comparable = latest.filter(({ day }) => usual(day) > 0);
  const ratioOf = ({ day, amount }: KnownDay) => amount / usual(day);
  const median = medianNear(comparable.map(ratioOf), 1);
  const counted = comparable.filter((day) => (median > 0 ? isNear(ratioOf(day), median) : regular.has(day)));
  const usualSum = sum(counted.map(({ day }) => usual(day)));
  return usualSum > 0 ? sum(counted.map(({ amount }) => amount)) / usualSum : 1;
}
