/** A complete day, as its number since 1970, and what it cost. */
export type KnownDay = { day: number; amount: number };
/** Takes known days, in order and not empty; returns what a later day is expected to cost. */
export type Method = (known: readonly KnownDay[]) => (day: number) => number;

const WEEK = 7;

/**
 * Expects of each weekday its mean over all known days, scaled to the level of the latest seven. Eight weeks show how a
 * Saturday compares with a Monday; the last week shows how much is spent now.
 */
export const weekdayLevel: Method = (known) => {
  const mean = meanOf(known);
  const weekdayMeans = Array.from({ length: WEEK }, (_, weekday) => {
    const sameWeekday = known.filter(({ day }) => day % WEEK === weekday);
    return sameWeekday.length > 0 ? meanOf(sameWeekday) : mean;
  });
  const usual = (day: number) => weekdayMeans[day % WEEK] ?? mean;
  const latest = known.slice(-WEEK);
  const usualOfLatest = latest.reduce((sum, { day }) => sum + usual(day), 0);
  const level = usualOfLatest > 0 ? latest.reduce((sum, { amount }) => sum + amount, 0) / usualOfLatest : 1;
  return (day) => level * usual(day);
};

const meanOf = (days: readonly KnownDay[]) => days.reduce((sum, { amount }) => sum + amount, 0) / days.length;
