import type { ResponseHeaders } from './response.ts';

/** Longer waits are cut to this: a retry an hour does no harm, and a wait of a day would leave data stale. */
const MAX_WAIT_MS = 3_600_000;
const NUMBER = /^\d+(\.\d+)?$/;

/** How long to wait before a retry, in ms, by `retry-after-ms` or by `retry-after` in seconds or as an HTTP date. */
export function retryAfterMs(headers: ResponseHeaders, now = Date.now()): number | undefined {
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
  return Math.min(Math.max(Math.ceil(ms), 0), MAX_WAIT_MS);
}
