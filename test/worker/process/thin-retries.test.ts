import type { LogEntry } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { thinRetries } from '#worker/process/thin-retries.ts';

test('of the lines about retries, one a minute gets through; all others do', () => {
  const written: string[] = [];
  const write = thinRetries(({ message }) => void written.push(message));
  const say = (second: number, target: string, message: string) =>
    write({ level: 'WARN', timestampNanos: BigInt(second) * 1_000_000_000n, message, meta: { target } } as LogEntry);
  const retries = 'temporalio_client::retry';
  say(0, retries, 'first');
  say(1, retries, 'second');
  say(1, 'temporalio_sdk_core::worker', 'another');
  say(59, retries, 'third');
  say(60, retries, 'a minute later');
  expect(written).toEqual(['first', 'another', 'a minute later']);
});
