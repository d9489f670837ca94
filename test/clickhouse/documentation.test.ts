import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { renderDbtSources } from '#dev/generate/warehouse-docs/dbt-sources.ts';
import { renderWarehouse } from '#dev/generate/warehouse-docs/render.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const named = z.object({ name: z.string() });
const query = async (sql: string) =>
  (await database.warehouse.query({ name: 'documentation', sql, row: named })).map(({ name }) => name);

test('every table and view, and every column of each, has a comment', async () => {
  const silent = await query(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND trim(comment) = ''
     UNION ALL
     SELECT concat(table, '.', name) FROM system.columns WHERE database = currentDatabase() AND trim(comment) = ''`,
  );
  expect(silent).toEqual([]);
});

// The columns of a Nested share one comment, which refers to the columns of the view over it.
test.each([
  ['cost_days', 'costs'],
  ['usage_days', 'usage'],
])('each column of the items of %s is a column of %s', async (table, view) => {
  const columnsOf = (of: string) =>
    query(`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${of}'`);
  const items = (await columnsOf(table)).filter((name) => name.startsWith('items.'));
  expect(items).not.toEqual([]);
  expect(await columnsOf(view)).toEqual(expect.arrayContaining(items.map((name) => name.replace('items.', ''))));
});

test.each([
  ['docs/warehouse.md', renderWarehouse],
  ['dbt/models/sources.yml', renderDbtSources],
])('%s is up to date: npm run generate', async (file, render) => {
  const written = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  expect(written).toBe(await render(database.warehouse));
});
