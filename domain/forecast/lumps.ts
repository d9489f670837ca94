import { isRare, medianNear } from './robust.ts';
import type { KnownDay } from './weekday-level.ts';

/** A day that costs this many times a usual day of its time is a one-off charge, and no error of an estimate. */
const LUMP = 10;
/** Days before and after that tell what is usual. */
const AROUND = 28;
/** The days before and after that make a week: where most of it has costs, they have begun or not yet ended. */
const OF_WEEK = 3;
const WEEK = 7;

/** Known days in order, where a one-off charge costs what the days around it do. */
export function withoutLumps(known: readonly KnownDay[]): KnownDay[] {
  return known.map(({ day, amount }, index) => {
    const within = (days: number) => known.slice(Math.max(0, index - days), index + days + 1);
    const around = within(AROUND);
    const sameWeekday = around.filter((each) => each.day % WEEK === day % WEEK);
    const usual = Math.max(medianOf(around.filter((each) => each.amount > 0)), medianOf(sameWeekday));
    if (isRare(around, within(OF_WEEK))) return { day, amount: 0 };
    return { day, amount: amount > usual * LUMP ? usual : amount };
  });
}

const medianOf = (days: readonly KnownDay[]) =>
  medianNear(
    days.map(({ amount }) => amount),
    0,
  );
