import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { isMigrated, migrate } from '#clickhouse/schema/migrate.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { migrateAs010, readMigrations010 } from '../fixtures/database-0.1.0.ts';
import { writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { usageDay, usageItem } from '../fixtures/usage-fixtures.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { AT_ONCE, createDatabase, createEmptyDatabase, type Database } from '../support/database.ts';

// A database of version 0.1.0 with rows in every table, brought over, beside one that this version made new.
let old: Database;
let fresh: Database;
let before: { wasMigrated: boolean; tables: Contents; views: Contents };
beforeAll(async () => {
  [old, fresh] = await Promise.all([createEmptyDatabase(), createDatabase()]);
  const { warehouse } = old;
  await migrateAs010(warehouse, { after: { '036': () => writeEarlyDays(warehouse) } });
  await writeRows(asOf010(warehouse));
  before = {
    wasMigrated: await isMigrated(warehouse),
    tables: await readAll(warehouse, await namesOf(warehouse, '%MergeTree'), { final: 'FINAL' }),
    views: await readAll(warehouse, await namesOf(warehouse, 'View'), {
      columns: (view) => (view === 'focus' ? [`* EXCEPT (${CLASSIFIED_ANEW})`] : ['*']),
    }),
  };
  await migrate(warehouse, AT_ONCE);
});
afterAll(() => Promise.all([old.drop(), fresh.drop()]));

/** What a charge is was told by its quantity alone. */
const CLASSIFIED_ANEW = `ChargeCategory, ChargeClass, ConsumedQuantity, ConsumedUnit, PricingQuantity, PricingUnit, SkuId,
  SkuMeter, SkuPriceId`;

/** Columns that came after 0.1.0. */
const TOO_NEW: Record<string, string[]> = {
  day_reads: ['content_hash'],
  cost_days: ['provider_totals', 'items.qualifier', 'items.unknown_qualifier', 'items.api_source'],
  usage_days: ['items.api_source', 'items.input_cache_write_12h_tokens', 'items.input_cache_write_30m_tokens'],
};

/** A warehouse that writes rows as 0.1.0 did, which knew of no API sources, expiry of keys or hosts of regions. */
function asOf010(warehouse: Warehouse): Warehouse {
  const insert: Warehouse['insert'] = (table, rows) =>
    warehouse.insert(
      table,
      [...rows].map((row) => {
        return Object.fromEntries(Object.entries(row).filter(([column]) => !TOO_NEW[table]?.includes(column)));
      }),
    );
  const insertBlock: Warehouse['insertBlock'] = (table, { rows, columns }) => {
    const known = columns.filter(({ name }) => !TOO_NEW[table]?.includes(name));
    return warehouse.insertBlock(table, { rows, columns: known });
  };
  const query: Warehouse['query'] = (statement) =>
    warehouse.query({ ...statement, sql: statement.sql.replaceAll('items.api_source', '[]::Array(String)') });
  const command: Warehouse['command'] = (name, sql, params) =>
    warehouse.command(name, sql.replace(', key_expires_at, host)', ')').replace(', NULL, {host: String}', ''), params);
  return { ...warehouse, insert, insertBlock, query, command };
}

/** Days as a build before 0.1.0 wrote them: revisions hashed from rounded amounts, reads without refused dimensions. */
async function writeEarlyDays(warehouse: Warehouse): Promise<void> {
  const key = { tenant_id: 't', integration_id: 'early', day: '2026-01-01' };
  const item = { ...billed('gpt-4o, input', '0.1'), amount_verbatim: '0.1000000000000000004' };
  const items = Object.fromEntries(Object.entries(item).map(([column, value]) => [`items.${column}`, [value]]));
  for (const version of [1, 2]) {
    await asOf010(warehouse).insert('cost_days', [{ ...key, version, dropped_dimensions: ['user_id'], ...items }]);
  }
  await warehouse.insert('day_reads', [{ ...key, dataset: 'costs', version: 2, items: 1 }]);
}

/** Rows in every table, by this product's own writes: costs, restated days, a price that moved, usage, names, a key. */
async function writeRows(warehouse: Warehouse): Promise<void> {
  await writeSampleOrganization(warehouse);
  const target = { tenant_id: 't', integration_id: 'i' };
  const keyed = (amount: string) => billed('gpt-4o, input', amount, '3', 'tokens', { api_key_id: 'k', user_id: 'u' });
  const [day, coarser] = [costDay('2026-01-01', [keyed('1'), keyed('2')]), costDay('2026-01-01', [keyed('4')])];
  const priced = (day: string, amount: string) => costDay(day, [billed('gpt-4o, input', amount, '1000000', 'tokens')]);
  const repriced = [priced('2026-01-02', '2.5'), priced('2026-01-03', '5')];
  await writeCostDays(warehouse, { ...target, version: 1 }, [day, ...repriced]);
  await writeCostDays(warehouse, { ...target, version: 2 }, [{ ...coarser, dropped_dimensions: ['api_key_id'] }]);
  const usage = usageDay('2026-01-01', [usageItem({ model: 'gpt-4o' }, { input_tokens: '7', new_metric: '1.5' })]);
  await writeUsageDays(warehouse, { ...target, dataset: 'usage/completions', version: 1 }, [usage]);
  await warehouse.insert('credentials', [{ tenant_id: 't', credential_id: 'c', version: 1, ciphertext: 'sealed' }]);
}

async function namesOf(warehouse: Warehouse, engine: string): Promise<string[]> {
  const rows = await warehouse.query({
    name: 'tables',
    sql: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE {engine: String}
            AND name != 'schema_migrations'`,
    params: { engine },
    row: z.object({ name: z.string() }),
  });
  return rows.map(({ name }) => name);
}

/** All rows by table or view, sorted. */
type Contents = Record<string, Record<string, unknown>[]>;
async function readAll(
  warehouse: Warehouse,
  names: readonly string[],
  { final = '', columns = (_name: string) => ['*'] } = {},
): Promise<Contents> {
  const contents = names.map(async (name) => {
    const sql = `SELECT ${columns(name)} FROM ${name} ${final} ORDER BY ALL`;
    return [name, await warehouse.query({ name, sql, row: z.record(z.string(), z.unknown()) })] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

/** The statement that would make each table and view, without the name of the database. */
async function definitionsOf({ warehouse, options }: Database): Promise<Record<string, string>> {
  const rows = await warehouse.query({
    name: 'definitions',
    sql: 'SELECT name, create_table_query AS sql FROM system.tables WHERE database = currentDatabase() ORDER BY name',
    row: z.object({ name: z.string(), sql: z.string() }),
  });
  return Object.fromEntries(rows.map((row) => [row.name, row.sql.replaceAll(options.database, 'database')]));
}

test('its database counts as migrated only after it was brought over', async () => {
  expect(before.wasMigrated).toBe(false);
  expect(await isMigrated(old.warehouse)).toBe(true);
  expect(await migrate(old.warehouse)).toEqual([]);
});

test('every row of every table is as it was', async () => {
  const tables = Object.keys(before.tables);
  expect(tables.length).toBe(7);
  for (const table of tables) expect(before.tables[table], table).not.toEqual([]);
  expect(await readAll(old.warehouse, tables, { final: 'FINAL' })).toMatchObject(before.tables); // a table may have gained columns
});

test('every view has the rows that it had', async () => {
  const views = Object.keys(before.views);
  expect(views.length).toBe(17);
  for (const view of views) expect(before.views[view], view).not.toEqual([]);
  const columns = (view: string) => Object.keys(before.views[view]?.[0] ?? {}); // it may have gained others
  const { gaps = [], ...others } = await readAll(old.warehouse, views, { columns });
  const asBefore = { ...others, gaps: gaps.filter(({ dataset }) => dataset !== 'usage/decisions') };
  expect(asBefore).toEqual(before.views);
});

test('every table, view and comment is that of a new database', async () => {
  expect(await definitionsOf(old)).toEqual(await definitionsOf(fresh));
});

test('what OpenAI refused for a day is known, though the read was noted without it', async () => {
  const rows = await old.warehouse.query({
    name: 'coverage',
    sql: `SELECT dropped_dimensions FROM coverage WHERE integration_id = 'early'`,
    row: z.unknown(),
  });
  expect(rows).toEqual([{ dropped_dimensions: ['user_id'] }]);
});

test('a restatement is found against a day that 0.1.0 wrote', async () => {
  const day = costDay('2026-01-01', [billed('gpt-4o, input', '9')]);
  await writeCostDays(old.warehouse, { tenant_id: 't', integration_id: 'early', version: 3 }, [day]);
  const rows = await old.warehouse.query({
    name: 'restatements',
    sql: `SELECT old_total, new_total FROM restatements WHERE integration_id = 'early'`,
    row: z.unknown(),
  });
  expect(rows).toEqual([{ old_total: '0.1', new_total: '9' }]);
});

test('a worker of 0.1.0 refuses to start on it, so it puts no old view back', async () => {
  // It compares its files with the records by name, in order, before it runs one.
  const [first] = await readMigrations010();
  const [recorded] = await old.warehouse.query({
    name: 'record',
    sql: 'SELECT sha256 FROM schema_migrations FINAL WHERE name = {name: String}',
    params: { name: first?.name },
    row: z.object({ sha256: z.string() }),
  });
  expect(recorded?.sha256).not.toBe(first?.sha256);
});

test('two workers that bring it over at once both succeed', async () => {
  const database = await createEmptyDatabase();
  await migrateAs010(database.warehouse);
  await Promise.all([1, 2].map(() => migrate(database.warehouse, AT_ONCE)));
  expect(await isMigrated(database.warehouse)).toBe(true);
  expect(await definitionsOf(database)).toEqual(await definitionsOf(fresh));
  await database.drop();
});

test('a database that 0.1.0 did not finish is left as it is, with one error that says what to do', async () => {
  const database = await createEmptyDatabase();
  await migrateAs010(database.warehouse, { through: '020' });
  const definitions = await definitionsOf(database);
  await expect(migrate(database.warehouse)).rejects.toThrow(
    'its last migration is 020_model_days.sql, not 050_integrations_problems.sql. Start a worker of version 0.1.0 once',
  );
  expect(await isMigrated(database.warehouse)).toBe(false);
  expect(await definitionsOf(database)).toEqual(definitions);
  await database.drop();
});
