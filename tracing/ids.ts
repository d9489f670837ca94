import { randomBytes } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace';

type Ids = { traceId: string; spanId: string };

let given: Ids | undefined;

/** Random ids, but for a span that starts in `withIds`. */
export const idGenerator: IdGenerator = {
  generateTraceId: () => given?.traceId ?? randomBytes(16).toString('hex'),
  generateSpanId: () => given?.spanId ?? randomBytes(8).toString('hex'),
};

/** Starts a span that has ids of its own, because another process knows it by them. */
export function withIds<T>(ids: Ids, startSpan: () => T): T {
  given = ids;
  try {
    return startSpan();
  } finally {
    given = undefined;
  }
}
