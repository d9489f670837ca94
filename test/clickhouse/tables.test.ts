import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readRevision } from '#clickhouse/revision/data-revision.ts';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const tablesWith = async (column: string) => {
  const rows = await database.warehouse.query({
    name: 'tables with a column',
    sql: `SELECT table AS name FROM system.columns
          JOIN system.tables ON tables.database = columns.database AND tables.name = columns.table
          WHERE columns.database = currentDatabase() AND columns.name = {column: String} AND engine LIKE '%MergeTree'
          ORDER BY name`,
    params: { column },
    row: z.object({ name: z.string() }),
  });
  return rows.map(({ name }) => name);
};

test('every table with rows of an integration is in the list, so a purge leaves none', async () => {
  expect([...INTEGRATION_TABLES].sort()).toEqual(await tablesWith('integration_id'));
});

// What answers are computed from, by the tables that are written last: what writes days then writes day_reads.
test.each([
  ['day_reads', { dataset: 'costs', day: '2026-01-01', items: 1 }],
  ['name_records', { kind: 'user', id: 'u' }],
  ['limit_days', { day: '2026-01-01' }],
  ['integration_records', {}],
])('each insert into %s makes a revision of the data of its tenants, also of the same row', async (table, row) => {
  const { warehouse } = database;
  const tenants = ['a', 'b'].map((tenant) => `${tenant} of ${table}`);
  const rows = tenants.map((tenant_id) => ({ tenant_id, integration_id: 'i', version: 1, ...row }));
  const revisions = () => Promise.all([...tenants, 'other'].map((tenant) => readRevision(warehouse, tenant)));
  const seen = [await revisions()];
  for (const some of [rows, rows, rows.slice(1)]) {
    await warehouse.insert(table, some);
    seen.push(await revisions());
  }
  await warehouse.command('merge', 'OPTIMIZE TABLE tenant_revisions FINAL');
  expect(await revisions()).toEqual(seen.at(-1));
  const differing = tenants.concat('other').map((_, at) => new Set(seen.map((each) => each[at])).size);
  expect(differing).toEqual([3, 4, 1]);
});

// Revisions would be worth nothing otherwise: an answer would be kept with one whose rows it lacks.
test('the rows of an insert are there before its views run', async () => {
  const { warehouse } = database;
  await warehouse.command('a table', 'CREATE TABLE written (a UInt8) ENGINE = MergeTree ORDER BY a');
  await warehouse.command('a table', 'CREATE TABLE noted (a UInt8) ENGINE = MergeTree ORDER BY a');
  await warehouse.command(
    'a view',
    'CREATE MATERIALIZED VIEW refused TO noted AS SELECT throwIf(a = 1) AS a FROM written',
  );
  await expect(warehouse.insert('written', [{ a: 1 }])).rejects.toThrow();
  const row = z.object({ a: z.number() });
  expect(await warehouse.query({ name: 'rows', sql: 'SELECT a FROM written', row })).toEqual([{ a: 1 }]);
});
