import { addDays, type Day, type DayRange, daysOf, weekStart } from '../day.ts';

/** Daily syncs read this many days again. Days that ended longer ago are judged where a sync changed them. */
export const JUDGED_DAYS = 7;
/** What was restated of days that ended longer ago is not told: Mondays read this many again. */
const CHANGED_DAYS = 35;
const WEEK = 7;
/** What is usual is told by so many days before. */
const USUAL_DAYS = 56;
/** What explains a range is a comparison with the same weekdays of so many weeks before. */
const COMPARED_WEEKS = 4;

/** The days that are judged only where a sync changed them. */
export const olderDays = (today: Day): DayRange => ({
  from: addDays(today, -CHANGED_DAYS),
  to: addDays(today, -JUDGED_DAYS),
});

/** The days whose costs have to be known to judge a day, or the last week, and the weeks that these are in. */
export const daysToRead = (today: Day, earliest = addDays(today, -JUDGED_DAYS)): DayRange => ({
  from: addDays(earliest, -USUAL_DAYS - WEEK),
  to: today,
});

/** The days that ended lately, or were changed lately, and the weeks from Monday on that they are in: what of it is known. */
export function rangesToJudge(today: Day, complete: ReadonlySet<Day>, changed: readonly Day[]): DayRange[] {
  const days = [...changed, ...daysOf({ from: addDays(today, -JUDGED_DAYS), to: today })];
  const weeks = [...new Set(days.map(weekStart))].map((from) => ({ from, to: addDays(from, WEEK) }));
  const isComplete = (range: DayRange) => range.to <= today && daysOf(range).every((day) => complete.has(day));
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
