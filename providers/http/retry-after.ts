import type { Headers } from './get.ts';

/** A longer wait is not believed: asking once an hour harms nobody, and a day's silence would. */
const LONGEST_MS = 3_600_000;
const NUMBER = /^\d+(\.\d+)?$/;

/** The wait that the provider asks for, in ms: `retry-after-ms`, or `Retry-After` in seconds or as an HTTP date. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const ms = first(headers['retry-after-ms']);
  if (NUMBER.test(ms)) return clamp(Number(ms));
  const after = first(headers['retry-after']);
  if (NUMBER.test(after)) return clamp(Number(after) * 1000);
  const date = /[a-z]/i.test(after) ? Date.parse(after) : Number.NaN;
  return Number.isNaN(date) ? undefined : clamp(date - now);
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? '';
}

function clamp(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), LONGEST_MS);
}
