const HOUR_MS = 3_600_000;

/** Attempts soon are an hour apart: these last for a day. */
export const DELIVERY_RETRIES = { initialInterval: 1_000, maximumInterval: HOUR_MS, maximumAttempts: 36 } as const;

/**
 * How long to wait after an attempt where the receiver names a wait. It lengthens the usual one and never shortens it:
 * attempts are counted, and a receiver that asks for a second each time would use them up within a minute.
 */
export function waitAfter(attempt: number, asked: number): number {
  const { initialInterval, maximumInterval } = DELIVERY_RETRIES;
  return Math.max(asked, Math.min(initialInterval * 2 ** (attempt - 1), maximumInterval));
}
