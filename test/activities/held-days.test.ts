import { expect, test } from 'vitest';
import { shareHeldDays } from '#activities/context/held-days.ts';

const MEGABYTE = 1024 * 1024;

test('the activities that hold days share the bytes that the worker may hold', async () => {
  const { whileHolding, share } = shareHeldDays();
  const ends: (() => void)[] = [];
  const hold = () => whileHolding(() => new Promise<void>((end) => ends.push(end)));
  const shareOf = (holders: number) => {
    while (ends.length < holders) holding.push(hold());
    return share();
  };
  const holding: Promise<void>[] = [];
  expect([0, 1, 4, 8, 16].map(shareOf)).toEqual([8, 8, 8, 4, 2].map((megabytes) => megabytes * MEGABYTE));
  for (const end of ends) end();
  await Promise.all(holding);
  expect(share()).toBe(8 * MEGABYTE);
});

test('an activity that fails gives its part back', async () => {
  const { whileHolding, share } = shareHeldDays();
  const failing = Array.from({ length: 8 }, () => whileHolding(() => Promise.reject(new Error('no'))));
  expect(share()).toBe(4 * MEGABYTE);
  await Promise.allSettled(failing);
  expect(share()).toBe(8 * MEGABYTE);
});
