import { expect, test } from 'vitest';
import type { Costs } from '#api/routes/costs/get-costs.ts';
import { regroup, spendingRows } from '#web/src/costs/data/sum-groups.ts';

type Row = Costs['data'][number];
const row = (model: string, line_item: string, amount: string, quantity: string | null, quantity_unit: string | null) =>
  ({ period: null, model, line_item, amount, quantity, quantity_unit }) as Row;
const costs = (total: string, ...data: Row[]) =>
  ({ from: '2026-11-01', to: '2026-11-02', total, group_by: ['model', 'line_item'], data }) as unknown as Costs;
const rows = ({ data }: Costs) => data.map((each) => [each.model, each.amount, each.quantity, each.quantity_unit]);

test('sums are exact, the highest first; a quantity needs one unit and all rows', () => {
  const all = costs(
    '0',
    row('a', '1', '0.1', '1', 'tokens'),
    row('a', '2', '0.200000000000000001', '2', 'tokens'),
    row('b', '1', '5', '1', 'tokens'),
    row('b', '2', '5', '1', 'images'),
    row('c', '1', '1', null, null),
    row('c', '2', '1', '1', 'tokens'),
  );
  expect(rows(regroup(all, ['model']))).toEqual([
    ['b', '10', null, null],
    ['c', '2', null, null],
    ['a', '0.300000000000000001', '3', 'tokens'],
  ]);
});

test('a value whose periods cancel each other has costs', () => {
  const byPeriod = costs(
    '10',
    row('a', '', '10', null, null),
    row('x', '', '100', null, null),
    row('x', '', '-100', null, null),
    row('idle', '', '0', null, null),
  );
  const groups = regroup(byPeriod, ['model']);
  expect(spendingRows(byPeriod, groups, 'model').map(({ model }) => model)).toEqual(['a', 'x']);
});
