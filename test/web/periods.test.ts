import { expect, test } from 'vitest';
import { periodFigures } from '#web/src/costs/chart/period-figures.ts';
import { comparedAmounts } from '#web/src/costs/comparison/compared-amounts.ts';
import type { ViewCosts } from '#web/src/costs/data/view-costs.ts';
import { type Granularity, periodsOf, usualGranularity } from '#web/src/costs/view/periods.ts';
import { comparisonRange, daysOfRange, endedDays, yearsFrom } from '#web/src/costs/view/range.ts';

const OCTOBER = { from: '2026-10-01', to: '2026-11-01' };
const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };

test('weeks are ISO weeks and months those of the calendar; the first and the last have the days of the range', () => {
  const days = { from: '2025-12-30', to: '2026-02-03' };
  const textOf = (granularity: Granularity) =>
    periodsOf(days, granularity).map(({ start, from, to }) => `${start} ${from} ${to}`);
  expect(textOf('week').slice(0, 2)).toEqual(['2025-12-29 2025-12-30 2026-01-05', '2026-01-05 2026-01-05 2026-01-12']);
  expect(textOf('week').at(-1)).toBe('2026-02-02 2026-02-02 2026-02-03');
  expect(textOf('month')).toEqual([
    '2025-12-01 2025-12-30 2026-01-01',
    '2026-01-01 2026-01-01 2026-02-01',
    '2026-02-01 2026-02-01 2026-02-03',
  ]);
  expect(textOf('day')).toHaveLength(35);
});

test.each([
  ['2026-11', 'day'],
  ['90d', 'day'],
  ['365d', 'week'],
  ['2025-01-01..2026-11-20', 'month'],
])('%s is divided into %ss by itself', (range, granularity) => {
  expect(usualGranularity(daysOfRange(range, '2026-11-24') ?? OCTOBER)).toBe(granularity);
});

test.each([
  ['2026-11', '2026-11-23', '2025-11-01', '2025-11-24'],
  ['2026-10', '2026-11-23', '2025-10-01', '2025-11-01'],
  ['2024-02-28..2024-02-29', '2026-11-23', '2023-02-28', '2023-03-01'],
])('%s, read through %s, is compared with the same days a year before', (range, through, from, to) => {
  const days = daysOfRange(range, '2026-11-24') ?? OCTOBER;
  expect(comparisonRange(range, days, endedDays(days, through), 'year')).toEqual({ from, to });
});

test('a February 29 is March 1 of a year without one', () => {
  expect(yearsFrom('2024-02-29', -1)).toBe('2023-03-01');
});

/** Each day of a range costs its day of the month. */
const spentIn = (range: { from: string; to: string }) => ({
  ...range,
  data: periodsOf(range, 'day').map(({ start }) => ({
    period: start,
    amount: String(Number(start.slice(8))),
    quantity: null,
    quantity_unit: null,
  })),
});
const laid = (
  granularity: Granularity,
  comparison: 'period' | 'year',
  days: typeof OCTOBER,
  before: typeof OCTOBER,
) => [
  ...comparedAmounts({
    before: spentIn(before),
    days,
    periods: periodsOf(days, granularity),
    granularity,
    comparison,
  }),
];

test('the period before lies over the range day by day; a day too many counts to the last week, and is not drawn by day', () => {
  const days = laid('day', 'period', NOVEMBER, OCTOBER);
  expect(days.at(-1)).toEqual(['2026-11-30', { from: '2026-10-30', to: '2026-10-31', amount: '30' }]);
  const weeks = laid('week', 'period', NOVEMBER, OCTOBER);
  // November 2026 begins on a Sunday: its first week has one day.
  expect(weeks[0]).toEqual(['2026-10-26', { from: '2026-10-01', to: '2026-10-02', amount: '1' }]);
  expect(weeks[1]).toEqual(['2026-11-02', { from: '2026-10-02', to: '2026-10-09', amount: '35' }]);
  expect(weeks.at(-1)).toEqual(['2026-11-30', { from: '2026-10-30', to: '2026-11-01', amount: '61' }]);
});

test('a year before lies over the same days, a leap year over one that is none', () => {
  const [from, to] = ['2025-02-28', '2025-03-02'];
  expect(laid('day', 'year', { from, to }, { from: '2024-02-28', to: '2024-03-02' })).toEqual([
    ['2025-02-28', { from: '2024-02-28', to: '2024-02-29', amount: '28' }],
    ['2025-03-01', { from: '2024-02-29', to: '2024-03-02', amount: '30' }],
  ]);
});

test.each([
  ['2026-10-01', '50.00', 'the month before'],
  // Of August only a part is in the range; November is not over.
  ['2026-09-01', null, undefined],
  ['2026-11-01', null, undefined],
])('the month of %s is %s%% against %s', (month, percent, name) => {
  const days = { from: '2026-08-01', to: '2026-11-11' };
  const periods = periodsOf({ ...days, from: '2026-08-05' }, 'month');
  const amounts = { '2026-08-01': '90', '2026-09-01': '100', '2026-10-01': '150', '2026-11-01': '10' };
  const data = Object.entries(amounts).map(([period, amount]) => ({ period, model: 'a', amount }));
  const missing = { notRead: [], beforeHistory: [], future: [], historyFrom: '2025-11-24' };
  const groups = { synced_through: '2026-11-09' };
  const costs = { view: { by: 'model' }, granularity: 'month', groupsByPeriod: { data }, groups, missing, periods };
  const period = { start: month, from: month, to: periods.find(({ start }) => start === month)?.to ?? '' };
  const { total, comparedWith } = periodFigures(costs as unknown as ViewCosts, [], period);
  expect([total.percent, comparedWith]).toEqual([percent, name]);
});
