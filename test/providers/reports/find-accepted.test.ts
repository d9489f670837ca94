import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day, type DayRange, daysOf } from '#domain/day.ts';
import { findAccepted } from '#providers/reports/find-accepted.ts';

const FIRST = '2025-11-20';
const rangeOf = (length: number) => ({ from: FIRST, to: addDays(FIRST, length) });

/** Searches a range of which some days are refused; says which days were read, and by how many requests. */
async function search(length: number, isRefused: (day: Day) => boolean, isOfStart = false) {
  const read = new Set<Day>();
  let requests = 0;
  const tryRead = async (range: DayRange) => {
    requests += 1;
    const days = daysOf(range);
    if (days.some(isRefused)) return { about: 'unknown' as const, isOfStart };
    for (const day of days) read.add(day);
    return undefined;
  };
  await findAccepted(rangeOf(length), daysOf(rangeOf(length)).some(isRefused), tryRead);
  return { read: [...read].sort(), requests };
}

const acceptedOf = (length: number, isRefused: (day: Day) => boolean) =>
  daysOf(rangeOf(length)).filter((day) => !isRefused(day));

test.each([
  ['before a day, as the start says', 62, (day: Day) => day < '2025-12-06', true, 10],
  ['before a day', 62, (day: Day) => day < '2025-12-06', false, 14],
  ['all of them, as the start says', 31, () => true, true, 2],
  ['all of them', 62, () => true, false, 8],
  ['a week in the middle', 31, (day: Day) => day >= '2025-12-01' && day < '2025-12-08', false, 20],
  ['the newest days', 31, (day: Day) => day >= '2025-12-16', false, 15],
  ['two single days', 31, (day: Day) => ['2025-11-22', '2025-12-06'].includes(day), false, 24],
  ['every second day', 10, (day: Day) => Number(day.slice(-1)) % 2 === 1, false, 40],
  ['none', 31, () => false, false, 1],
] as const)('refused days: %s', async (_case, length, isRefused, isOfStart, most) => {
  const { read, requests } = await search(length, isRefused, isOfStart);
  expect(read).toEqual(acceptedOf(length, isRefused));
  expect(requests).toBeLessThanOrEqual(most);
});

test('wherever a block of refused days lies, every other day is read, by fewer requests than there are days', async () => {
  const block = fc.record({ length: fc.integer({ min: 1, max: 62 }), at: fc.nat(61), size: fc.nat(62) });
  await fc.assert(
    fc.asyncProperty(block, async ({ length, at, size }) => {
      const [from, to] = [addDays(FIRST, at), addDays(FIRST, at + size)];
      const isRefused = (day: Day) => day >= from && day < to;
      const { read, requests } = await search(length, isRefused);
      expect(read).toEqual(acceptedOf(length, isRefused));
      expect(requests).toBeLessThanOrEqual(Math.max(length, 30));
    }),
  );
});
