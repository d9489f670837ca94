import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitFor } from '#worker/process/wait-for.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('says each reason once, with its cause, and that it goes on', async () => {
  const lines: string[] = [];
  const log = {
    warn: ({ reason }: { reason: string }, what: string) => void lines.push(`${what}, ${reason}`),
    info: (what: string) => void lines.push(what),
  };
  const reasons = ['refused', 'broken', 'refused', 'broken'];
  const attempt = async () => {
    const reason = reasons.shift();
    if (reason) throw new Error('Failed to connect', { cause: new Error(reason) });
    return 'done';
  };
  const done = waitFor('Temporal', attempt, log as never);
  await vi.runAllTimersAsync();
  expect(await done).toBe('done');
  expect(lines).toEqual([
    'Temporal: waits, Failed to connect: refused',
    'Temporal: waits, Failed to connect: broken',
    'Temporal: goes on',
  ]);
});
