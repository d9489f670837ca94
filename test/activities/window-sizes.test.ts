import { expect, test } from 'vitest';
import { rememberSizes } from '#activities/context/window-sizes.ts';
import { readInLanes } from '#activities/sync/read-in-lanes.ts';
import { addDays, daysOf, lengthOf } from '#domain/day.ts';
import type { Slice } from '#domain/slice.ts';
import { WindowTooLargeError } from '#providers/reports/window.ts';

const key = { tenant_id: 't', integration_id: 'i' };
const month: Slice = { dataset: 'costs', from: '2026-01-01', to: '2026-02-01' };
const completions: Slice = { ...month, dataset: 'usage/completions' };

/** The windows that a slice is read in, newest first, where each day has so many facts. */
async function windowsOf(slices: Slice[], factsPerDay: number) {
  const sizes = rememberSizes();
  const windows: Slice[] = [];
  const bytes: number[] = [];
  const { failures, succeeded } = await readInLanes(slices, {
    read: async (window) => {
      windows.push(window);
      bytes.push(sizes.bytesOf(key, window));
      await Promise.resolve();
      sizes.note(key, window, Array(lengthOf(window)).fill(factsPerDay));
    },
    split: (slice) => sizes.split(key, slice),
    isKnown: (slice) => sizes.isKnown(key, slice),
    scopeOf: () => 'slice',
    prepare: async () => {},
  });
  expect(failures.size).toBe(0);
  expect(succeeded).toBe(windows.length);
  expect(windows.flatMap(daysOf).sort()).toEqual(slices.flatMap(daysOf).sort());
  return { windows, bytes, lengths: windows.map(lengthOf) };
}

test('of an organization that is not known, some days are read first, then what fits', async () => {
  expect((await windowsOf([month], 30)).lengths).toEqual([4, 27]);
  expect((await windowsOf([month], 0)).lengths).toEqual([4, 27]);
  expect((await windowsOf([month], 3_000)).lengths).toEqual([4, ...Array(12).fill(2), 3]);
  expect((await windowsOf([month], 100_000)).lengths).toEqual([4, ...Array(27).fill(1)]);
});

test('a window of a known organization takes some megabytes, or is one day', async () => {
  for (const facts of [1, 200, 700, 3_000, 10_000]) {
    const { bytes, lengths } = await windowsOf([month], facts);
    const known = bytes.slice(1).filter((_, index) => (lengths[index + 1] ?? 0) > 1);
    for (const size of known) expect(size).toBeLessThan(7 * 1024 * 1024);
  }
});

test('a window that turns out to be too large is split', async () => {
  const sizes = rememberSizes();
  const read: number[] = [];
  const { failures } = await readInLanes([month], {
    read: async (window) => {
      // Four quiet days, then 2,000 facts a day.
      const facts = window.to === month.to ? 1 : 2_000;
      if (facts * lengthOf(window) > 30_000) {
        sizes.note(key, window, [facts]);
        throw new WindowTooLargeError(facts);
      }
      sizes.note(key, window, [facts]);
      read.push(lengthOf(window));
    },
    split: (slice) => sizes.split(key, slice),
    isKnown: (slice) => sizes.isKnown(key, slice),
    scopeOf: () => 'slice',
    prepare: async () => {},
  });
  expect(failures.size).toBe(0);
  expect(read.reduce((sum, days) => sum + days, 0)).toBe(31);
  expect(Math.max(...read)).toBe(4);
});

test('usage is taken to be as large as costs until it was read', async () => {
  const { windows } = await windowsOf([month, completions], 3_000);
  const ofUsage = windows.filter(({ dataset }) => dataset === 'usage/completions');
  expect(Math.max(...ofUsage.map(lengthOf))).toBe(3);
  expect((await windowsOf([completions], 3_000)).lengths).toEqual([31]);
});

test('a few days are read at once', async () => {
  const week = { ...month, from: addDays(month.to, -6) };
  expect((await windowsOf([week], 10)).lengths).toEqual([6]);
});
