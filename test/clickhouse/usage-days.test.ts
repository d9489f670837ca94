import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { UsageDay } from '#clickhouse/day-rows/usage-days.ts';
import { usageDay, usageItem } from '../fixtures/usage-fixtures.ts';
import { writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const target = { tenant_id: 't', integration_id: 'i', dataset: 'usage/completions' } as const;
const write = (version: number, day: UsageDay) => writeUsageDays(database.warehouse, { ...target, version }, [day]);

test('the same numbers in another order do not change the day', async () => {
  const metrics = { new_one: '1', input_tokens: '2', another: '3' };
  expect(await write(1, usageDay('2026-01-01', [usageItem({ model: 'a' }, metrics)]))).toBe(1);
  const reordered = Object.fromEntries(Object.entries(metrics).reverse());
  expect(await write(2, usageDay('2026-01-01', [usageItem({ model: 'a' }, reordered)]))).toBe(0);
});

test('a number that is too large for its column is stored as text, and the others in their columns', async () => {
  const large = '123456789012345678901';
  const item = usageItem({ model: 'a' }, { input_tokens: large, output_tokens: '7', new_one: `${large}.5` });
  await write(1, usageDay('2026-01-02', [{ ...item, extra: '{"note":"kept"}' }]));
  const rows = await database.warehouse.query({
    name: 'usage of a day',
    sql: `SELECT input_tokens, output_tokens, extra FROM usage WHERE day = '2026-01-02'`,
    row: z.object({ input_tokens: z.string(), output_tokens: z.string(), extra: z.string() }),
  });
  const extra = `{"note":"kept","input_tokens":"${large}","new_one":"${large}.5"}`;
  expect(rows).toEqual([{ input_tokens: '0', output_tokens: '7', extra }]);
});

test('a day without usage has no row, until a day that had some has none', async () => {
  const empty = usageDay('2026-01-03', []);
  const rows = () =>
    database.warehouse.query({
      name: 'rows',
      sql: `SELECT toUInt32(length(items.model)) AS items FROM usage_days FINAL WHERE day = '2026-01-03'`,
      row: z.unknown(),
    });
  expect(await write(1, empty)).toBe(0);
  expect(await rows()).toEqual([]);
  expect(await write(2, usageDay('2026-01-03', [usageItem({ model: 'a' }, { input_tokens: '1' })]))).toBe(1);
  expect(await write(3, empty)).toBe(1);
  expect(await rows()).toEqual([{ items: 0 }]);
  expect(await write(4, empty)).toBe(0);
});
