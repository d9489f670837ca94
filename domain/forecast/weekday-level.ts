/** A day, counted from the epoch, and what it cost. */
export type KnownDay = { day: number; amount: number };
/** What a day to come is expected to cost, by what the days before it did; `known` in order, not empty. */
export type Method = (known: readonly KnownDay[]) => (day: number) => number;

const WEEK = 7;

/**
 * The rhythm of the week, as the known days have it, brought to the level of the latest seven of them. Eight weeks of
 * days say what a Saturday is beside a Monday; a week of them says how much is spent by now.
 */
export const weekdayLevel: Method = (known) => {
  const mean = meanOf(known);
  const rhythm = Array.from({ length: WEEK }, (_, weekday) => {
    const those = known.filter(({ day }) => day % WEEK === weekday);
    return those.length > 0 ? meanOf(those) : mean;
  });
  const usual = (day: number) => rhythm[day % WEEK] ?? mean;
  const latest = known.slice(-WEEK);
  const expected = latest.reduce((sum, { day }) => sum + usual(day), 0);
  const level = expected > 0 ? latest.reduce((sum, { amount }) => sum + amount, 0) / expected : 1;
  return (day) => level * usual(day);
};

const meanOf = (days: readonly KnownDay[]) => days.reduce((sum, { amount }) => sum + amount, 0) / days.length;
