import { type Day, daysBetween, startOf } from '../arithmetic/day.ts';

// The organization's history depends on the calendar, never on "today": a day's data are the same whenever they are
// read. Only + − × ÷ are used, because Math.exp and similar functions may differ in the last bit between machines.

const QUIET = new Set(['12-25', '12-26', '01-01', '05-01', '08-15']);
const LAUNCH: Day = '2026-05-12';

/** A holiday without any traffic: its bucket is empty. */
export const isQuiet = (day: Day): boolean => QUIET.has(day.slice(5));

/** 0.8 in September 2025, rising evenly to 2.5 at the end of 2027, flat before and after. */
export function growth(day: Day): number {
  return 0.8 + 1.7 * between(day, '2025-09-01', '2027-12-31');
}

/** 1 on working days; on Saturday and Sunday what the workload keeps of its traffic. */
export function weekRhythm(day: Day, weekend: number): number {
  const weekday = new Date(startOf(day) * 1000).getUTCDay();
  if (weekday === 0) return weekend * 0.85;
  if (weekday === 6) return weekend;
  return weekday === 5 ? 0.9 : 1;
}

/** The launch: four times the traffic on its day, back to normal within three weeks. */
export function launch(day: Day): number {
  const since = daysBetween(LAUNCH, day);
  if (since < 0 || since > 21) return 1;
  let excitement = 3;
  for (let i = 0; i < since; i++) excitement *= 0.8;
  return 1 + excitement;
}

/** How far a day lies between two others: 0 up to the first, 1 from the second on. */
export function between(day: Day, from: Day, to: Day): number {
  return Math.min(1, Math.max(0, daysBetween(from, day) / daysBetween(from, to)));
}
