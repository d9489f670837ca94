import { expect, test } from 'vitest';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { daysOf } from '#domain/day.ts';
import { markedPeriods } from '#web/src/costs/chart/marked-periods.ts';
import type { ViewCosts } from '#web/src/costs/data/view-costs.ts';
import { type Granularity, periodsOf } from '#web/src/costs/view/periods.ts';

const days = { from: '2026-11-01', to: '2026-11-28' };
const costsOf = (granularity: Granularity, range = '2026-11') =>
  ({
    view: { range },
    ...{ days, granularity, periods: periodsOf(days, granularity) },
    groups: { synced_through: '2026-11-26' },
    missing: { notRead: ['2026-11-25'], beforeHistory: [], future: [], historyFrom: '2025-11-01' },
  }) as unknown as ViewCosts;
const alert = { day: '2026-11-24', title: 'Research' } as AlertView;
const forecast = {
  days: daysOf({ from: '2026-11-25', to: '2026-12-01' }).map((day) => ({ day, amount: day.slice(-2) })),
} as NonNullable<Parameters<typeof markedPeriods>[1]['forecast']>;
const marksOf = (costs: ViewCosts, given = forecast as typeof forecast | null) =>
  markedPeriods(costs, { restated: new Map([['2026-11-23', 'Restated']]), alerts: [alert], forecast: given });

test('the current month by day goes on to its end, with what is expected of each day', () => {
  const marked = marksOf(costsOf('day'));
  expect(marked).toHaveLength(30);
  expect(marked.filter(({ isToCome }) => isToCome).map(({ start, expected }) => [start, expected])).toEqual([
    ['2026-11-28', '28'],
    ['2026-11-29', '29'],
    ['2026-11-30', '30'],
  ]);
  // Of today, what is still to come. A day that was not read is hatched, and has no outline beside.
  expect(marked[26]).toMatchObject({ start: '2026-11-27', isOpen: true, expected: '27', isToCome: false });
  expect(marked[24]).toMatchObject({ missing: { isAll: true }, expected: undefined });
  expect(marked[23]?.alerts).toEqual([alert]);
  expect(marked[22]).toMatchObject({ isRestated: true, isOpen: false, alerts: [] });
});

test('days to come are there without a forecast, too, and in no other range', () => {
  expect(marksOf(costsOf('day'), null).at(-1)).toMatchObject({ start: '2026-11-30', expected: undefined });
  expect(marksOf(costsOf('day', '30d'))).toHaveLength(27);
});

test('a week has the alerts of its days, and nothing to come', () => {
  const marked = marksOf(costsOf('week'));
  expect(marked.map(({ alerts }) => alerts.length)).toEqual([0, 0, 0, 0, 1]);
  expect(marked.filter(({ isToCome, expected }) => isToCome || expected)).toEqual([]);
});
