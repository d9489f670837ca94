import { addDays, type Day, type DayRange, daysOf, isMonday } from '../day.ts';

/** Days that ended longer ago are not judged any more: daily syncs read this many again. */
const JUDGED_DAYS = 7;
const WEEK = 7;
/** What is usual is told by so many days before. */
const USUAL_DAYS = 56;
/** What explains a range is a comparison with the same weekdays of so many weeks before. */
const COMPARED_WEEKS = 4;

/** The days whose costs have to be known to judge those of the last week. */
export const daysToRead = (today: Day): DayRange => ({ from: addDays(today, -USUAL_DAYS - 2 * WEEK), to: today });

/** The days, and the week from Monday on, that have ended lately and were read since. */
export function rangesToJudge(today: Day, complete: ReadonlySet<Day>): DayRange[] {
  const days = daysOf({ from: addDays(today, -JUDGED_DAYS), to: today });
  // A week ends where another begins.
  const weeks = [...days.slice(1), today].filter(isMonday).map((to) => ({ from: addDays(to, -WEEK), to }));
  const isComplete = (range: DayRange) => daysOf(range).every((day) => complete.has(day));
  return [...days.map((from) => ({ from, to: addDays(from, 1) })), ...weeks].filter(isComplete);
}

export const usualDays = ({ from }: DayRange): Day[] => daysOf({ from: addDays(from, -USUAL_DAYS), to: from });

/** What a range is compared with to explain it: the mean of `times` ranges. */
export const comparedWith = (range: DayRange): { days: Day[]; times: number } => ({
  days: daysOf(range).flatMap((day) =>
    Array.from({ length: COMPARED_WEEKS }, (_, week) => addDays(day, -WEEK * (week + 1))),
  ),
  times: COMPARED_WEEKS,
});

export const isOneDay = ({ from, to }: DayRange): boolean => to === addDays(from, 1);
