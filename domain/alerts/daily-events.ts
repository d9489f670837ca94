import { type Day, dayAt } from '../day.ts';

/** In UTC: after the daily syncs. */
const HOUR = 7;

/** The day whose events are to be looked for now; undefined before its hour, and where that was done. */
export function dailyEventsDue(now: Date, doneOn: Day | undefined): Day | undefined {
  const day = dayAt(now.getTime());
  return now.getUTCHours() >= HOUR && day !== doneOn ? day : undefined;
}
