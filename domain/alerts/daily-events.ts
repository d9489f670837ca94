import { DAY_MS, type Day, dayAt } from '../day.ts';

const HOUR_MS = 3_600_000;
/** In UTC: after the daily syncs. */
const HOUR = 7;

/** The day whose events are to be looked for by now; undefined before its hour. */
export const eventsDay = (now: Date): Day | undefined => (now.getUTCHours() < HOUR ? undefined : dayAt(now.getTime()));

/**
 * Costs that are not read up to here are late: at the last daily hour they were missing for two days. One daily sync that
 * failed is made up for by the next.
 */
export const lateFrom = (now: number): number => Date.parse(dayAt(now - HOUR * HOUR_MS)) + HOUR * HOUR_MS - 2 * DAY_MS;
