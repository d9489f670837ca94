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
