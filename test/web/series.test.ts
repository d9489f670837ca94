import { expect, test } from 'vitest';
import { cumulated, type Series } from '#web/src/costs/chart/series.ts';

test('a cumulative chart adds up exactly, day by day, also over days without costs', () => {
  const amounts = new Map([
    ['2026-11-01', '0.1'],
    ['2026-11-03', '0.200000000000000001'],
  ]);
  const series: Series[] = [{ value: 'a', name: 'A', colour: '#000', amounts }];
  const [added] = cumulated(series, ['2026-11-01', '2026-11-02', '2026-11-03']);
  expect([...(added?.amounts.values() ?? [])]).toEqual(['0.1', '0.1', '0.300000000000000001']);
});
