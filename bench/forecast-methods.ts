import { meanOf as mean } from '#domain/forecast/robust.ts';
import { type KnownDay, type Method, weekdayLevel } from '#domain/forecast/weekday-level.ts';

const meanOf = (days: readonly KnownDay[]) => mean(days.map(({ amount }) => amount));

const meanOfLatest =
  (count: number): Method =>
  (known) => {
    const mean = meanOf(known.slice(-count));
    return () => mean;
  };

/** The mean of each weekday over so many weeks. */
const weekdayMeans =
  (weeks: number): Method =>
  (known) => {
    const recent = known.slice(-7 * weeks);
    const means = Array.from({ length: 7 }, (_, weekday) => meanOf(recent.filter(({ day }) => day % 7 === weekday)));
    return (day) => means[day % 7] ?? 0;
  };

/** `weekday_level` where every day counts, also odd ones. */
const plainWeekdayLevel: Method = (known) => {
  const usual = weekdayMeans(8)(known);
  const latest = known.slice(-7);
  const usualOfLatest = latest.reduce((sum, { day }) => sum + usual(day), 0);
  const level = usualOfLatest > 0 ? (meanOf(latest) * latest.length) / usualOfLatest : 1;
  return (day) => level * usual(day);
};

/** Continues the growth of the last two weeks over the two before, damped by a fifth per day. */
const withDampedTrend =
  (method: Method): Method =>
  (known) => {
    const before = meanOf(known.slice(-28, -14));
    const latest = meanOf(known.slice(-14));
    const growth = before > 0 && latest > 0 ? Math.log(Math.min(2, Math.max(0.5, latest / before))) / 14 : 0;
    const last = known.at(-1)?.day ?? 0;
    const usual = method(known);
    return (day) => usual(day) * Math.exp((growth * 0.8 * (1 - 0.8 ** (day - last))) / (1 - 0.8));
  };

/** By its label, a method: it takes the days before an origin, and how many of them are in the origin's month. */
export const methods: Record<string, (known: readonly KnownDay[], elapsed: number) => (day: number) => number> = {
  'month to date, by the day': (known, elapsed) => meanOfLatest(elapsed)(known),
  'mean of the last 7 days': meanOfLatest(7),
  'mean of the last 28 days': meanOfLatest(28),
  'weekday means of 2 weeks': weekdayMeans(2),
  'weekday means of 4 weeks': weekdayMeans(4),
  'weekday means of 8 weeks': weekdayMeans(8),
  '`weekday_level`, no day left out': plainWeekdayLevel,
  '`weekday_level`': weekdayLevel,
  '`weekday_level`, damped trend': withDampedTrend(weekdayLevel),
};
