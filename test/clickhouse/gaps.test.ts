import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readFreshness } from '#clickhouse/coverage/freshness.ts';
import { markDisconnected, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { USAGE_ENDPOINTS } from '#domain/dataset.ts';
import { addDays } from '#domain/day.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';

const DAY_MS = 86_400_000;
const ago = (days: number) => addDays(TODAY, -days);

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const connect = (integration_id: string) =>
  writeIntegration(database.warehouse, {
    tenant_id: 't',
    integration_id,
    organization_id: '',
    organization_name: '',
    status: 'connected',
    problem: '',
    credential_id: '',
    connected_at: '2026-01-01T00:00:00Z',
    history_from: ago(5),
    history_to: addDays(TODAY, 1),
  });

/** Writes days of costs, given as days ago, each with the same facts, as a read that began `readAgo` days ago. */
async function read(
  integration_id: string,
  days: number[],
  { readAgo = 0, items = [billed('gpt-4o, input', '1')] } = {},
) {
  const version = readAgo === 0 ? Date.now() : Date.parse(ago(readAgo)) + DAY_MS / 2;
  await writeCostDays(
    database.warehouse,
    { tenant_id: 't', integration_id, version },
    days.map((day) => costDay(ago(day), items)),
  );
}

const select = (integration_id: string, columns: string, where = `dataset = 'costs'`) =>
  database.warehouse.query({
    name: 'gaps',
    sql: `SELECT ${columns} FROM gaps
          WHERE tenant_id = 't' AND integration_id = {integration_id: String} AND ${where} ORDER BY dataset::String`,
    params: { integration_id },
    row: z.record(z.string(), z.unknown()).transform((row) => Object.values(row)),
  });
const counts = 'due_days, synced_days, missing_days, partial_days, empty_days, complete_through';

test('every dataset of every integration has a row, even if it was never read', async () => {
  await connect('new');
  const rows = await select('new', `dataset, ${counts}, last_synced_at`, 'true');
  const datasets = ['costs', ...USAGE_ENDPOINTS.map((endpoint) => `usage/${endpoint}`)].sort();
  expect(rows).toEqual(datasets.map((dataset) => [dataset, 5, 0, 5, 0, 0, null, null]));
});

test('a running backfill is complete through no day until its first day is there', async () => {
  await connect('backfill');
  await read('backfill', [0, 1, 2]);
  expect(await select('backfill', counts)).toEqual([[5, 2, 3, 0, 0, null]]);
  await read('backfill', [5, 4]);
  expect(await select('backfill', counts)).toEqual([[5, 4, 1, 0, 0, ago(4)]]);
  await read('backfill', [3], { items: [] });
  expect(await select('backfill', `${counts}, first_day, last_day, facts`)).toEqual([
    [5, 5, 0, 0, 1, ago(1), ago(5), ago(1), '4'],
  ]);
});

test('a day that was read before its end is partial, and days before the history fill no gaps', async () => {
  await connect('partial');
  await read('partial', [7, 6, 5, 4]);
  await read('partial', [3], { readAgo: 3 });
  await read('partial', [2]);
  expect(await select('partial', counts)).toEqual([[5, 4, 1, 1, 0, ago(4)]]);
});

test('a disconnected integration has no due days from the day of its disconnect on', async () => {
  await connect('left');
  await markDisconnected(database.warehouse, { tenant_id: 't', integration_id: 'left' });
  await database.warehouse.command(
    'disconnected two days ago',
    `INSERT INTO integration_records (tenant_id, integration_id, version, status, history_from, history_to)
     SELECT 't', id, ${Date.parse(ago(2))}, 'disconnected', '${ago(5)}', history_to
     FROM VALUES('id String, history_to Date', ('left two days ago', '${ago(2)}'), ('left under 0.1.0', '${ago(4)}'))`,
  );
  expect(await select('left', 'last_day, due_days')).toEqual([[ago(1), 5]]);
  expect(await select('left two days ago', 'last_day, due_days')).toEqual([[ago(3), 3]]);
  expect(await select('left under 0.1.0', 'last_day, due_days')).toEqual([[ago(3), 3]]);
  // The API counts the same days.
  const range = { from: ago(9), to: addDays(TODAY, 1) };
  const { missing_days } = await readFreshness(database.warehouse, 't', {
    ...range,
    integrations: ['left two days ago'],
  });
  expect(missing_days).toEqual([ago(5), ago(4), ago(3)]);
});

test('coverage says which dimensions OpenAI refused for a day', async () => {
  const target = { tenant_id: 't', integration_id: 'refused', version: Date.now() };
  const refused = { ...costDay(ago(1), []), dropped_dimensions: ['api_key_id', 'user_id'] };
  await writeCostDays(database.warehouse, target, [refused, costDay(ago(2), [])]);
  const used = { day: ago(1), dropped_dimensions: ['user_id'], items: [] };
  await writeUsageDays(database.warehouse, { ...target, dataset: 'usage/images' }, [used]);
  const rows = await database.warehouse.query({
    name: 'coverage',
    sql: `SELECT dataset, day, dropped_dimensions FROM coverage
          WHERE tenant_id = 't' AND integration_id = 'refused' ORDER BY dataset, day`,
    row: z.object({ dataset: z.string(), day: z.string(), dropped_dimensions: z.array(z.string()) }),
  });
  expect(rows).toEqual([
    { dataset: 'costs', day: ago(2), dropped_dimensions: [] },
    { dataset: 'costs', day: ago(1), dropped_dimensions: ['api_key_id', 'user_id'] },
    { dataset: 'usage/images', day: ago(1), dropped_dimensions: ['user_id'] },
  ]);
});
