/** A UTC day, YYYY-MM-DD. */
export type Day = string;

export const DAY_SECONDS = 86_400;

/** The UTC day that a Unix time in seconds falls on. */
export const dayOf = (seconds: number): Day => new Date(seconds * 1000).toISOString().slice(0, 10);

/** The Unix time in seconds at which the day begins. */
export const startOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 1000;

export const addDays = (day: Day, days: number): Day => dayOf(startOf(day) + days * DAY_SECONDS);

/** Whole days from one day to another; negative when `to` is the earlier. */
export const daysBetween = (from: Day, to: Day): number => (startOf(to) - startOf(from)) / DAY_SECONDS;

/** Whether the text is a day of the calendar, written YYYY-MM-DD. */
export function isDay(text: string): text is Day {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text)) && dayOf(startOf(text)) === text;
}
