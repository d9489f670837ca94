import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  DAY_MS,
  dayAt,
  daysOf,
  earlierDay,
  isDay,
  isMonday,
  laterDay,
  lengthOf,
  monthStart,
  previousRange,
  startOfDay,
  weekStart,
} from '#domain/day.ts';

// A calendar counted by hand, independent of Date and of domain/day.ts on purpose.
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const text = (year: number, month: number, day: number) =>
  [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');

/** Every day from 1970 to 2110, so that 2000 (leap) and 2100 (not leap) are among them. */
const CALENDAR: string[] = [];
for (let year = 1970; year <= 2110; year++) {
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= daysIn(year, month); day++) CALENDAR.push(text(year, month, day));
  }
}

const index = fc.nat(CALENDAR.length - 1);
const dayOf = (position: number) => CALENDAR[position] ?? '';

describe('a day', () => {
  test('is its place in the calendar, counted from 1970', () => {
    CALENDAR.forEach((day, position) => {
      if (startOfDay(day) !== position * DAY_MS || dayAt(position * DAY_MS) !== day) expect.fail(day);
    });
  });

  test('holds every moment up to the next midnight', () => {
    fc.assert(
      fc.property(index, fc.nat(DAY_MS - 1), (position, ms) => {
        expect(dayAt(position * DAY_MS + ms)).toBe(dayOf(position));
      }),
    );
  });

  test('exists where the calendar has it, and only in its own form', () => {
    const parts = fc.tuple(fc.integer({ min: 1970, max: 2110 }), fc.nat(14), fc.nat(33));
    const calendar = new Set(CALENDAR);
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        expect(isDay(text(year, month, day))).toBe(calendar.has(text(year, month, day)));
      }),
    );
    for (const wrong of ['', 'today', '2026-1-01', '2026-01-01T00:00', ' 2026-01-01', '+2026-01-01', '2026/01/01']) {
      expect(isDay(wrong)).toBe(false);
    }
  });

  test('that does not exist is a RangeError wherever it is used', () => {
    for (const use of [startOfDay, monthStart, (day: string) => addDays(day, 1)]) {
      expect(() => use('2026-02-30')).toThrow(RangeError);
      expect(() => use('')).toThrow(RangeError);
    }
  });

  test('moves by a number of days, and back', () => {
    fc.assert(
      fc.property(index, index, (a, b) => {
        expect(addDays(dayOf(a), b - a)).toBe(dayOf(b));
        expect(addDays(addDays(dayOf(a), b - a), a - b)).toBe(dayOf(a));
      }),
    );
  });

  test('sorts as text as it does in time', () => {
    fc.assert(
      fc.property(index, index, (a, b) => {
        expect(earlierDay(dayOf(a), dayOf(b))).toBe(dayOf(Math.min(a, b)));
        expect(laterDay(dayOf(a), dayOf(b))).toBe(dayOf(Math.max(a, b)));
      }),
    );
  });

  test('knows the Monday of its week', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: CALENDAR.length - 1 }), (position) => {
        const daysSinceMonday = (position + 3) % 7; // 1970 began on a Thursday
        expect(weekStart(dayOf(position))).toBe(dayOf(position - daysSinceMonday));
        expect(isMonday(dayOf(position))).toBe(daysSinceMonday === 0);
      }),
    );
  });

  test('knows the first of its month, and of those before and after', () => {
    fc.assert(
      fc.property(index, fc.integer({ min: -30, max: 30 }), (position, months) => {
        const [year = 0, month = 0] = dayOf(position).split('-').map(Number);
        const count = year * 12 + (month - 1) + months;
        expect(monthStart(dayOf(position), months)).toBe(text(Math.floor(count / 12), (count % 12) + 1, 1));
        expect(monthStart(dayOf(position))).toBe(`${dayOf(position).slice(0, 7)}-01`);
      }),
    );
  });
});

describe('a range', () => {
  const range = fc
    .tuple(index, fc.nat(400))
    .map(([start, length]) => ({ start, length, from: dayOf(start), to: addDays(dayOf(start), length) }));

  test('has the days from its first up to its end, which is not in it', () => {
    fc.assert(
      fc.property(range, ({ start, length, from, to }) => {
        fc.pre(start + length < CALENDAR.length);
        expect(lengthOf({ from, to })).toBe(length);
        expect(daysOf({ from, to })).toEqual(CALENDAR.slice(start, start + length));
      }),
    );
  });

  test('that ends before it starts has a negative length and no days', () => {
    expect(lengthOf({ from: '2026-01-03', to: '2026-01-01' })).toBe(-2);
    expect(daysOf({ from: '2026-01-03', to: '2026-01-01' })).toEqual([]);
  });

  test('follows the previous one of the same length without a gap', () => {
    fc.assert(
      fc.property(range, ({ from, to, length }) => {
        const previous = previousRange({ from, to });
        expect(previous.to).toBe(from);
        expect(lengthOf(previous)).toBe(length);
      }),
    );
  });
});
