import type { LogEntry } from '@temporalio/worker';

const EVERY_MS = 60_000;

/**
 * Lets one line a minute through of those by which the SDK's core tells of each retry of each call: while Temporal is
 * away, they are some ten a second.
 */
export function thinRetries(write: (entry: LogEntry) => void): (entry: LogEntry) => void {
  let next = 0;
  return (entry) => {
    if (entry.meta?.target === 'temporalio_client::retry') {
      const now = Number(entry.timestampNanos / 1_000_000n);
      if (now < next) return;
      next = now + EVERY_MS;
    }
    write(entry);
  };
}
