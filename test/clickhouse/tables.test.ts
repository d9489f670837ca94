import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { INTEGRATION_TABLES, REVISION_TABLES } from '#clickhouse/writes/tables.ts';
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

test('every table that a revision reads has a version', async () => {
  expect(await tablesWith('version')).toEqual(expect.arrayContaining([...REVISION_TABLES]));
});
