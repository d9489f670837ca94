import { addDays, type Day, type DayRange, dayNumber, daysOf, isMonday } from '../day.ts';
import { sum } from '../forecast/robust.ts';
import { isOneDay, usualDays } from './ranges.ts';
import { median } from './usual.ts';

/**
 * What costs something day by day, or week by week, up to a range. `waits`: so many days, or weeks, without it are no news.
 * `byPeople`: whether it costs far less on some weekdays, so that it has public holidays.
 */
export type Steady = { usual: number; gone: number; waits: number; byPeople: boolean };

/** Below this part of what is usual it paused. */
export const PAUSED = 1 / 3;
/** What pauses more often than on one day in so many comes and goes, and is not steady. */
const RARELY = 14;
/** The weekday that costs least has less than this part of what the one that costs most has. */
const BY_PEOPLE = 0.5;
const WEEK = 7;
const MIN_WEEKS = 4;
const LATEST_WEEKS = 3;

/**
 * Tells of a subject whether it is steady, and what is usual then: the median of the weekday, or of its latest three where
 * that is less. null of what is not known for four weeks, or not steady.
 * @param left the part of what is usual that is left at most where it is gone
 */
export function steadiness(
  range: DayRange,
  complete: ReadonlySet<Day>,
  left: number,
): (on: (day: Day) => number) => Steady | null {
  const isDay = isOneDay(range);
  const units = isDay ? daysBefore(range, complete) : weeksBefore(range, complete);
  const name = isDay ? dayNumber(range.from) % WEEK : 0;
  return (on) => {
    const all = units.map((unit) => ({ ...unit, amount: sum(unit.days.map(on)) }));
    const first = all.findIndex(({ amount }) => amount > 0);
    const known = first < 0 ? [] : all.slice(first);
    if (known.length < (isDay ? MIN_WEEKS * WEEK : MIN_WEEKS)) return null;
    const medians = new Map(
      [...Map.groupBy(known, (each) => each.name)].map(([each, those]) => [
        each,
        median(those.map(({ amount }) => amount)),
      ]),
    );
    const parts = known.flatMap((each) => {
      const usual = medians.get(each.name) ?? 0;
      return usual > 0 ? [each.amount / usual] : [];
    });
    const gone = parts.length - 1 - parts.findLastIndex((part) => part > left);
    const earlier = parts.slice(0, parts.length - gone);
    if (earlier.filter((part) => part < PAUSED).length > known.length / RARELY) return null;
    const latest = known.filter((each) => each.name === name).slice(-LATEST_WEEKS);
    return {
      usual: Math.min(medians.get(name) ?? 0, median(latest.map(({ amount }) => amount))),
      gone,
      waits: longestPause(earlier),
      byPeople: Math.min(...medians.values()) < BY_PEOPLE * Math.max(...medians.values()),
    };
  };
}

const daysBefore = (range: DayRange, complete: ReadonlySet<Day>) =>
  usualDays(range)
    .filter((day) => complete.has(day))
    .map((day) => ({ name: dayNumber(day) % WEEK, days: [day] }));

const weeksBefore = (range: DayRange, complete: ReadonlySet<Day>) =>
  usualDays(range)
    .filter(isMonday)
    .map((monday) => ({ name: 0, days: daysOf({ from: monday, to: addDays(monday, WEEK) }) }))
    .filter(({ days }) => days.every((day) => complete.has(day)));

function longestPause(parts: readonly number[]): number {
  let [longest, current] = [0, 0];
  for (const part of parts) {
    current = part < PAUSED ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
