/** UTC days as 'YYYY-MM-DD', which sort and compare as text. */
const DAY_SECONDS = 86_400;

/** Unix seconds of a day's midnight. Throws RangeError where the text is not a day of the calendar. */
export function toUnix(day: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Some engines roll 2025-02-30 over to March; only a day that prints as itself exists.
  if (Number.isNaN(ms) || toDay(ms / 1000) !== day) throw new RangeError('A day must be written YYYY-MM-DD');
  return ms / 1000;
}

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
