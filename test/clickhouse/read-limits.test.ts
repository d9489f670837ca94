import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createEmptyDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

const sql = "SELECT getSetting('max_memory_usage') AS bytes";

test('reads and streams have a limit of memory, whatever the profile of their user', async () => {
  const row = z.object({ bytes: z.coerce.number() });
  expect(await database.warehouse.query({ name: 'limit', sql, row })).toEqual([{ bytes: 4_000_000_000 }]);
  const { signal } = new AbortController();
  const stream = await database.warehouse.stream({
    name: 'limit',
    sql,
    params: {},
    format: 'CSV',
    settings: {},
    signal,
  });
  expect(await text(stream)).toBe('4000000000\n');
});

test('a statement sees what was written before it, on whichever replica it runs', async () => {
  const settings = `getSetting('select_sequential_consistency') AS sequential, getSetting('mutations_sync') AS waits_for,
    getSetting('insert_quorum_parallel') AS parallel`;
  const row = z.object({ sequential: z.coerce.number(), waits_for: z.coerce.number(), parallel: z.coerce.number() });
  const [read] = await database.warehouse.query({ name: 'a read', sql: `SELECT ${settings}`, row });
  expect(read?.sequential).toBe(1);
  await database.warehouse.command('a write', `CREATE TABLE settings ENGINE = Memory AS SELECT ${settings}`);
  const [write] = await database.warehouse.query({ name: 'settings', sql: 'SELECT * FROM settings', row });
  expect(write).toEqual({ sequential: 1, waits_for: 2, parallel: 0 }); // 2: all replicas
});
