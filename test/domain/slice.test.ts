import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endpointOf, USAGE_DATASETS, USAGE_ENDPOINTS } from '#domain/dataset.ts';
import { addDays, daysOf, lengthOf } from '#domain/day.ts';
import { toSlices } from '#domain/slice.ts';

test.each([
  [[], []],
  [['2026-01-05'], ['2026-01-05 – 2026-01-06']],
  [['2026-01-06', '2026-01-05'], ['2026-01-05 – 2026-01-07']],
  [
    ['2026-01-06', '2026-01-04'],
    ['2026-01-06 – 2026-01-07', '2026-01-04 – 2026-01-05'],
  ],
  [
    ['2026-01-04', '2026-01-03', '2026-01-02', '2026-01-01'],
    ['2026-01-02 – 2026-01-05', '2026-01-01 – 2026-01-02'],
  ],
  [['2026-03-01', '2026-02-28'], ['2026-02-28 – 2026-03-02']],
])('the days %j become the slices %j, of at most three days', (days, slices) => {
  expect(toSlices('costs', days, 3).map(({ from, to }) => `${from} – ${to}`)).toEqual(slices);
});

test('slices hold each day once, in order, and none could be joined to the next', () => {
  const places = fc.uniqueArray(fc.nat(120), { maxLength: 80 });
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 40 }), (offsets, longest) => {
      const newestFirst = offsets.toSorted((a, b) => b - a).map((offset) => addDays('2025-12-01', offset));
      const slices = toSlices('usage/images', newestFirst, longest);
      expect(slices.flatMap((slice) => daysOf(slice).reverse())).toEqual(newestFirst);
      for (const [index, slice] of slices.entries()) {
        expect(slice.dataset).toBe('usage/images');
        expect(lengthOf(slice)).toBeLessThanOrEqual(longest);
        if (slices[index + 1]?.to === slice.from) expect(lengthOf(slice)).toBe(longest);
      }
    }),
  );
});

test('each usage dataset leads back to its endpoint', () => {
  expect(USAGE_DATASETS.map(endpointOf)).toEqual([...USAGE_ENDPOINTS]);
});
