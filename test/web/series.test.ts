import { expect, test } from 'vitest';
import { figuresUpTo } from '#web/src/costs/chart/period-figures.ts';
import { cumulated, type Series, toSeries } from '#web/src/costs/chart/series.ts';
import { comparedSums } from '#web/src/costs/comparison/compared-amounts.ts';
import type { ViewCosts } from '#web/src/costs/data/view-costs.ts';

test('a cumulative chart adds up exactly, day by day, also over days without costs', () => {
  const amounts = new Map([
    ['2026-11-01', '0.1'],
    ['2026-11-03', '0.200000000000000001'],
  ]);
  const series: Series[] = [{ value: 'a', name: 'A', colour: '#000', amounts }];
  const [added] = cumulated(series, ['2026-11-01', '2026-11-02', '2026-11-03']);
  expect([...(added?.amounts.values() ?? [])]).toEqual(['0.1', '0.1', '0.300000000000000001']);

  const day = { start: '2026-11-03', from: '2026-11-03', to: '2026-11-04' };
  const { rows, total } = figuresUpTo(added ? [added, { ...added, value: 'b', name: 'B' }] : [], day);
  expect(rows.map(({ name, amount }) => [name, amount])).toEqual([
    ['A', '0.300000000000000001'],
    ['B', '0.300000000000000001'],
  ]);
  expect(total.amount).toBe('0.600000000000000002');
});

test('what was charged and credited is among the others: the bars of a day are its total', () => {
  const row = (period: string, project_id: string, amount: string) => ({ period, project_id, amount });
  const costs = {
    view: { by: 'project_id' },
    drawn: ['a'],
    labels: new Map(),
    byPeriod: { data: [row('2026-11-03', '', '110'), row('2026-11-10', '', '-90')] },
    groupsByPeriod: {
      data: [
        // A day before the range, which says what is usual.
        row('2026-10-30', 'y', '5'),
        row('2026-11-03', 'a', '10'),
        row('2026-11-03', 'x', '100'),
        row('2026-11-10', 'a', '10'),
        row('2026-11-10', 'x', '-100'),
      ],
    },
  } as unknown as ViewCosts;
  const [a, rest, ...more] = toSeries(costs, new Map());
  expect([a?.value, rest?.name, more.length]).toEqual(['a', 'One other', 0]);
  expect([...(rest?.amounts ?? [])]).toEqual([
    ['2026-11-03', '100'],
    ['2026-11-10', '-100'],
  ]);
});

test('what is compared adds up as well, and ends where it does', () => {
  const day = (from: string, to: string) => ({ start: from, from, to });
  const periods = [day('2026-11-01', '2026-11-02'), day('2026-11-02', '2026-11-03'), day('2026-11-03', '2026-11-04')];
  const amounts = new Map([
    ['2026-11-01', { from: '2026-10-01', to: '2026-10-02', amount: '0.1' }],
    ['2026-11-02', { from: '2026-10-02', to: '2026-10-03', amount: '0.2' }],
  ]);
  expect([...comparedSums(amounts, periods).values()]).toEqual([
    { from: '2026-10-01', to: '2026-10-02', amount: '0.1' },
    { from: '2026-10-01', to: '2026-10-03', amount: '0.3' },
  ]);
});
