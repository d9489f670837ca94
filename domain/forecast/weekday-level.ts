import { FAR, isNear, isRare, meanOf, medianNear, sum } from './robust.ts';

/** A complete day, as its number since 1970, and what it cost; at least 0. */
export type KnownDay = { day: number; amount: number };
/** Takes known days, in order and not empty; returns what a later day is expected to cost. */
export type Method = (known: readonly KnownDay[]) => (day: number) => number;

const WEEK = 7;
/** So many days without costs in a row say nothing of the weekdays: the costs had not begun, or they paused or stopped. */
const PAUSE_DAYS = 14;
/** From this share on, days without costs are no odd days: costs come every other day, or the like. */
const OFTEN_FREE = 1 / 4;

/**
 * Expects of each weekday its mean over all known days, brought to the level of the latest seven. Days far outside the
 * median of their weekday, and among the latest seven those far outside the median level, count in neither. Where there
 * are costs on less than one day a week, and they have not just begun, there is no rhythm, and nothing is expected.
 */
export const weekdayLevel: Method = (known) => {
  const latest = known.slice(-WEEK);
  if (isRare(known, latest)) return () => 0;
  const days = withoutOneOffs(withoutPauses(known));
  const mean = meanOf(days.map(({ amount }) => amount));
  const weekdayMeans = Array.from({ length: WEEK }, (_, weekday) => {
    const sameWeekday = days.filter(({ day }) => day % WEEK === weekday);
    return sameWeekday.length > 0 ? meanOf(sameWeekday.map(({ amount }) => amount)) : mean;
  });
  const usual = (day: number) => weekdayMeans[day % WEEK] ?? mean;
  const level = levelOf(latest, new Set(days), usual);
  return (day) => level * usual(day);
};

function withoutPauses(known: readonly KnownDay[]): readonly KnownDay[] {
  const runs: KnownDay[][] = [];
  for (const each of known) {
    const run = runs.at(-1);
    if (run && run[0]?.amount === 0 && each.amount === 0) run.push(each);
    else runs.push([each]);
  }
  return runs.filter(({ length }) => length < PAUSE_DAYS).flat();
}

/**
 * Leaves out days far outside the median of their weekday, and days without costs where these are few. On a weekday that
 * keeps its days without costs, leaves out what is far above its usual costs.
 */
function withoutOneOffs(known: readonly KnownDay[]): readonly KnownDay[] {
  const medianOfSpent = medianNear(spentOf(known), 0);
  const weekdays = Array.from({ length: WEEK }, (_, weekday) => known.filter(({ day }) => day % WEEK === weekday));
  const rarelyFree = weekdays.filter((days) => freeOf(days) * 2 <= days.length).flat();
  const isOftenFree = freeOf(rarelyFree) > 1 && freeOf(rarelyFree) >= rarelyFree.length * OFTEN_FREE;
  return weekdays.flatMap((days) => {
    const spent = spentOf(days);
    const free = freeOf(days);
    // Of two days the one without costs is odd, unless the other is far above; of more, half of them are not.
    const isHalfOdd = free === 1 && spent.every((amount) => amount <= medianOfSpent * FAR);
    const isMostlyFree = free * 2 > days.length || (free * 2 === days.length && !isHalfOdd);
    if (!(isOftenFree || isMostlyFree) && days.length > 1) {
      const median = medianNear(amountsOf(days), medianOfSpent);
      return days.filter(({ amount }) => isNear(amount, median));
    }
    // Few days have costs here: those of all days decide with them what is usual.
    const usual = free * 2 > days.length ? medianOfSpent : medianNear([...spent, medianOfSpent], medianOfSpent);
    return days.filter(({ amount }) => amount <= usual || isNear(amount, usual));
  });
}

const amountsOf = (days: readonly KnownDay[]) => days.map(({ amount }) => amount);
const spentOf = (days: readonly KnownDay[]) => amountsOf(days).filter((amount) => amount > 0);
const freeOf = (days: readonly KnownDay[]) => days.length - spentOf(days).length;

/** How the latest days compare with what is usual for them: 0 where most of them lack their costs. */
function levelOf(latest: readonly KnownDay[], regular: ReadonlySet<KnownDay>, usual: (day: number) => number): number {
  const comparable = latest.filter(({ day }) => usual(day) > 0);
  const ratioOf = ({ day, amount }: KnownDay) => amount / usual(day);
  const isRegularlyFree = (day: KnownDay) => day.amount === 0 && regular.has(day);
  const telling = comparable.filter((day) => !isRegularlyFree(day));
  const median = medianNear(telling.map(ratioOf), 1);
  // A single day may be odd, and has no other to be compared with.
  const isAlone = telling.length < 2;
  const counted = comparable.filter(
    (day) => isRegularlyFree(day) || (isAlone ? regular.has(day) : isNear(ratioOf(day), median)),
  );
  const usualSum = sum(counted.map(({ day }) => usual(day)));
  return usualSum > 0 ? sum(counted.map(({ amount }) => amount)) / usualSum : 1;
}
