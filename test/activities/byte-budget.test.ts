import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteBudget } from '#activities/context/byte-budget.ts';

/** Runs that end in the order of their numbers, one after the other. */
async function runAll(budget: number, sizes: readonly number[]) {
  const admit = createByteBudget(budget);
  const inFlight: { size: number; end: () => void }[] = [];
  const started: number[] = [];
  const sums: number[] = [];
  const runs = sizes.map((size, index) =>
    admit(size, () => {
      started.push(index);
      return new Promise<void>((end) => {
        inFlight.push({ size, end });
        sums.push(inFlight.reduce((sum, one) => sum + one.size, 0));
      });
    }),
  );
  for (let ended = 0; ended < sizes.length; ended += 1) {
    while (inFlight.length === 0) await Promise.resolve();
    inFlight.shift()?.end();
    await new Promise(setImmediate);
  }
  await Promise.all(runs);
  return { started, sums };
}

test('no more bytes are in flight than the budget has, and what waits is not overtaken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 12 }), async (sizes) => {
      const { started, sums } = await runAll(10, sizes);
      expect(Math.max(0, ...sums)).toBeLessThanOrEqual(10);
      expect(started).toEqual(sizes.map((_, index) => index));
    }),
    { numRuns: 100 },
  );
});

test('what is larger than the budget runs alone', async () => {
  const { sums } = await runAll(10, [4, 50, 4]);
  expect(sums).toEqual([4, 50, 4]);
});

test('a run that fails gives its bytes back', async () => {
  const admit = createByteBudget(10);
  await expect(admit(10, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await admit(10, async () => 'yes')).toBe('yes');
});
