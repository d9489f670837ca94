/** UTC days as 'YYYY-MM-DD', which sort and compare as text. */
const DAY_SECONDS = 86_400;

/** Whether the text is a day of the calendar. */
export function isDay(text: string): boolean {
  const seconds = /^\d{4}-\d\d-\d\d$/.test(text) ? midnight(text) : Number.NaN;
  // Some engines roll 2025-02-30 over to March; only a day that prints as itself exists.
  return !Number.isNaN(seconds) && toDay(seconds) === text;
}

/** Unix seconds of a day's midnight. Throws RangeError where the text is not a day of the calendar. */
export function toUnix(day: string): number {
  if (!isDay(day)) throw new RangeError('A day must be written YYYY-MM-DD');
  return midnight(day);
}

const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;

/** The day that holds a moment in unix seconds. */
export function toDay(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 10);
}

export function addDays(day: string, count: number): string {
  return toDay(toUnix(day) + count * DAY_SECONDS);
}

/** Every day of the half-open range, in order. */
export function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}
