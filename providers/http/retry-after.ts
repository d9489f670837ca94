import type { ResponseHeaders } from './response.ts';

/** Longer waits are cut to this: a retry an hour does no harm, and a wait of a day would leave data stale. */
const MAX_WAIT_MS = 3_600_000;
/** Less than this is no wait: repeated for ever, it would be one request after the other. */
const MIN_WAIT_MS = 100;
const NUMBER = /^\d+(\.\d+)?$/;

/**
 * How long to wait before a retry, in ms, by `retry-after-ms` or by `retry-after` in seconds or as an HTTP date.
 * Undefined where the headers name no wait, such as 0 or a date in the past: the caller's own growing delay applies.
 */
export function retryAfterMs(headers: ResponseHeaders, now = Date.now()): number | undefined {
  const ms = first(headers['retry-after-ms']);
  if (NUMBER.test(ms)) return toWait(Number(ms));
  const after = first(headers['retry-after']);
  if (NUMBER.test(after)) return toWait(Number(after) * 1000);
  return toWait(/[a-z]/i.test(after) ? Date.parse(after) - now : Number.NaN);
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? '';
}

function toWait(ms: number): number | undefined {
  return ms >= MIN_WAIT_MS ? Math.min(Math.ceil(ms), MAX_WAIT_MS) : undefined;
}
