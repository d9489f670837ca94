import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { dayTotals } from '#clickhouse/coverage/day-sql.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const columns = 'tenant_id, integration_id, day, ours, theirs, settled';
const rowsOf = async (table: string) =>
  await database.warehouse.query({
    name: 'totals of days',
    sql: `SELECT ${columns} FROM ${table} ORDER BY ${columns}`,
    row: z.record(z.string(), z.unknown()),
  });

test('sums stored with revisions equal those of the facts: restated, emptied, read late, read at the same moment', async () => {
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

  const stored = await rowsOf(`(${dayTotals('true')})`);
  expect(stored).toHaveLength(4);
  expect(stored).toEqual(await rowsOf('reconciliation'));
});
