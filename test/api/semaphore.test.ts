import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BusyError, semaphore } from '#api/limits/semaphore.ts';

const never = new AbortController().signal;

/** Acquires slots and records the order in which they are given out. */
function record(slots: ReturnType<typeof semaphore>) {
  const order: string[] = [];
  const acquire = async (name: string, signal = never) => {
    const release = await slots.acquire(signal);
    order.push(name);
    return release;
  };
  return { order, acquire };
}

test('gives out slots up to the limit, then in the order of the calls', async () => {
  const { order, acquire } = record(semaphore({ concurrency: 2 }));
  const [a] = await Promise.all([acquire('a'), acquire('b')]);
  const [c, d] = [acquire('c'), acquire('d')];
  await delay(1);
  expect(order).toEqual(['a', 'b']);
  a();
  a(); // only the first call counts
  const releaseC = await c;
  await delay(1);
  expect(order).toEqual(['a', 'b', 'c']);
  releaseC();
  await d;
  expect(order).toEqual(['a', 'b', 'c', 'd']);
});

test('refuses callers beyond the queue limit', async () => {
  const slots = semaphore({ concurrency: 1, queueLimit: 1 });
  const release = await slots.acquire(never);
  const queued = slots.acquire(never);
  await expect(slots.acquire(never)).rejects.toThrow(BusyError);
  release();
  (await queued)();
  (await slots.acquire(never))();
  await expect(semaphore({ concurrency: 0, queueLimit: 0 }).acquire(never)).rejects.toThrow(BusyError);
});

test('refuses callers that wait too long, and gives their place away', async () => {
  const slots = semaphore({ concurrency: 1, queueLimit: 1, timeoutMs: 20 });
  const release = await slots.acquire(never);
  await expect(slots.acquire(never)).rejects.toThrow(BusyError);
  const next = slots.acquire(never);
  release();
  await expect(next).resolves.toBeTypeOf('function');
});

test('a caller that aborts leaves the queue, and one that has aborted does not enter it', async () => {
  const slots = semaphore({ concurrency: 1, queueLimit: 1 });
  const release = await slots.acquire(never);
  const controller = new AbortController();
  const aborted = slots.acquire(controller.signal);
  controller.abort(new Error('the caller left'));
  await expect(aborted).rejects.toThrow('the caller left');
  await expect(slots.acquire(controller.signal)).rejects.toThrow('the caller left');
  const next = slots.acquire(never);
  release();
  await expect(next).resolves.toBeTypeOf('function');
});

test('is idle once the last slot is released', async () => {
  const slots = semaphore({ concurrency: 1 });
  await slots.idle();
  const release = await slots.acquire(never);
  const queued = slots.acquire(never);
  let isIdle = false;
  const idle = slots.idle().then(() => {
    isIdle = true;
  });
  release();
  const releaseQueued = await queued;
  await delay(1);
  expect(isIdle).toBe(false);
  releaseQueued();
  await idle;
});
