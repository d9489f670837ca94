import { type Day, dayAt } from '../day.ts';

/** In UTC: after the daily syncs. */
const HOUR = 7;

/** The day whose events are to be looked for by now; undefined before its hour. */
export const eventsDay = (now: Date): Day | undefined => (now.getUTCHours() < HOUR ? undefined : dayAt(now.getTime()));
