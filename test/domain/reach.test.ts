import { expect, test } from 'vitest';
import type { Outlook } from '#domain/forecast/outlook.ts';
import { reach } from '#domain/forecast/reach.ts';

const outlook: Outlook = {
  open: ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'].map((day) => ({ day, amount: 10 })),
  rest: 40,
  bounds: { low: 20, high: 80 },
  error: 0.05,
};

test.each([
  ['120', { expected_on: '2026-11-28', earliest_on: '2026-11-27', latest_on: '2026-11-30' }],
  ['130', { expected_on: '2026-11-29', earliest_on: '2026-11-28', latest_on: null }],
  ['150', { expected_on: null, earliest_on: '2026-11-29', latest_on: null }],
  ['180.01', { expected_on: null, earliest_on: null, latest_on: null }],
])('100 spent and 10 a day to come reach %s', (amount, days) => {
  expect(reach(amount, '100', outlook)).toEqual({ is_reached: false, ...days });
});

test('a limit that is reached is reached on no later day, also by a billionth of a cent', () => {
  const never = { expected_on: null, earliest_on: null, latest_on: null };
  expect(reach('100', '100', outlook)).toEqual({ is_reached: true, ...never });
  expect(reach('100', '99.99999999999', null)).toEqual({ is_reached: false, ...never });
});

test('without an interval there is only an expected day', () => {
  expect(reach('110', '100', { ...outlook, bounds: null })).toEqual({
    is_reached: false,
    expected_on: '2026-11-27',
    earliest_on: null,
    latest_on: null,
  });
});
