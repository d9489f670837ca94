import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { reconcile } from '#clickhouse/coverage/reconcile.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const rowsOf = (tenant: string) =>
  database.warehouse.query({
    name: 'reconciliation',
    sql: `SELECT integration_id, day, currency, ours, theirs, settled FROM reconciliation
          WHERE tenant_id = {tenant: String} ORDER BY ALL`,
    params: { tenant },
    row: z.record(z.string(), z.union([z.string(), z.boolean()])).transform((row) => Object.values(row)),
  });

test('the stored sums are those of the facts: restated, emptied, read late, read at the same moment', async () => {
  const { warehouse } = database;
  const write = (integration_id: string, at: string, day: string, amounts: string[], total?: string) =>
    writeCostDays(warehouse, { tenant_id: 't', integration_id, version: Date.parse(at) }, [
      costDay(
        day,
        amounts.map((amount, index) => costItem({ amount, line_item: `model-${index}, input` })),
        total,
      ),
    ]);
  await write('a', '2026-01-02T08:00:00Z', '2026-01-02', ['1']); // before the day ended
  await write('a', '2026-01-05T08:00:00Z', '2026-01-02', ['1', '0.000000000000000001']);
  await write('a', '2026-01-04T08:00:00Z', '2026-01-02', ['7']); // an older read that comes late
  await write('a', '2026-01-05T08:00:00Z', '2026-01-03', ['1', '-3']);
  await write('a', '2026-01-06T08:00:00Z', '2026-01-03', []);
  await write('b', '2026-01-06T08:00:00Z', '2026-01-03', ['2'], '2.5');
  await write('b', '2026-01-06T08:00:00Z', '2026-01-03', ['3'], '3.5');
  await write('c', '2026-01-06T08:00:00Z', '2026-01-06', ['3']);

  expect(await rowsOf('t')).toEqual([
    ['a', '2026-01-02', 'usd', '1.000000000000000001', '0', true],
    ['a', '2026-01-03', 'usd', '0', '0', true],
    ['b', '2026-01-03', 'usd', '3', '3.5', true],
    ['c', '2026-01-06', 'usd', '3', '0', false],
  ]);
  const ofOne = { from: '2026-01-01', to: '2026-01-07', integrations: ['b'] };
  expect(await reconcile(warehouse, 't', ofOne)).toMatchObject({ ours: '3', theirs: '3.5', differing_days: 1 });
});

test('currencies are compared by themselves, so that one cannot make up for another', async () => {
  const at = (day: string, euros: string) => {
    const items = [costItem({ amount: '12' }), costItem({ amount: euros, currency: 'eur' })];
    const provider_totals = { usd: '12', eur: '2' };
    return { ...costDay(day, items), provider_total: '14', provider_totals };
  };
  const days = [at('2026-01-01', '2'), at('2026-01-02', '3'), at('2026-01-03', '1.5'), costDay('2026-01-04', [])];
  const target = { tenant_id: 'two', integration_id: 'i', version: Date.parse('2026-02-01') };
  await writeCostDays(database.warehouse, target, days);
  expect((await rowsOf('two')).map(([, ...row]) => row)).toEqual([
    ['2026-01-01', 'eur', '2', '2', true],
    ['2026-01-01', 'usd', '12', '12', true],
    ['2026-01-02', 'eur', '3', '2', true],
    ['2026-01-02', 'usd', '12', '12', true],
    ['2026-01-03', 'eur', '1.5', '2', true],
    ['2026-01-03', 'usd', '12', '12', true],
    ['2026-01-04', 'usd', '0', '0', true],
  ]);
  const range = { from: '2026-01-01', to: '2026-02-01' };
  expect(await reconcile(database.warehouse, 'two', range)).toEqual({
    ...{ agrees: false, differing_days: 2, first_differing_day: '2026-01-02' },
    ...{ ours: null, theirs: null, difference: null },
    by_currency: [
      {
        ...{ currency: 'eur', ours: '6.5', theirs: '6', difference: '0.5' },
        ...{ differing_days: 2, first_differing_day: '2026-01-02', differing_amount: '1.5' },
      },
      {
        ...{ currency: 'usd', ours: '36', theirs: '36', difference: '0' },
        ...{ differing_days: 0, first_differing_day: null, differing_amount: '0' },
      },
    ],
  });
});
