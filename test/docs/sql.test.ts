import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays } from '#domain/day.ts';
import { USAGE_DIMENSIONS } from '#domain/usage-dimensions.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';
import { read, sqlBlocksOf } from './read-documents.ts';

const documents = ['README.md', 'docs/sql.md'];
const key = { tenant_id: 'local', integration_id: 'openai-1' };

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeIntegration(database.warehouse, {
    ...key,
    organization_id: 'org-1',
    organization_name: 'Acme',
    status: 'connected',
    problem: '',
    credential_id: 'one',
    connected_at: '2026-01-01T00:00:00Z',
    history_from: addDays(TODAY, -364),
    history_to: addDays(TODAY, 1),
  });
  const item = costItem({ project_id: 'proj_1', amount: '1.5', quantity: '1000', quantity_unit: 'tokens' });
  const days = [-1, -40].map((ago) => costDay(addDays(TODAY, ago), [item]));
  const target = { ...key, version: Date.now() };
  await writeCostDays(database.warehouse, target, days);
  const dimensions = { ...Object.fromEntries(USAGE_DIMENSIONS.map((name) => [name, ''])), project_id: 'proj_1' };
  const used = { dimensions, metrics: { num_model_requests: '1' }, extra: '' };
  await writeUsageDays(database.warehouse, { ...target, dataset: 'usage/completions' }, [
    { day: addDays(TODAY, -1), dropped_dimensions: [], items: [used] },
  ]);
});
afterAll(() => database.drop());

test('every view is named', async () => {
  const views = await database.warehouse.query({
    name: 'views',
    sql: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View'`,
    row: z.object({ name: z.string() }),
  });
  const [, named = ''] = /Read the views (.*?);/s.exec(read('docs/sql.md')) ?? [];
  expect([...named.matchAll(/\w+(?=`)/g)].flat().sort()).toEqual(views.map(({ name }) => name).sort());
});

test('each document has SQL', () => {
  const withSql = new Set(sqlBlocksOf(...documents).map(({ document }) => document));
  expect([...withSql]).toEqual(documents);
});

test.each(sqlBlocksOf(...documents))('$document: $title', async ({ sql }) => {
  const rows = await database.warehouse.query({ name: 'from the documents', sql, row: z.looseObject({}) });
  expect(rows).not.toEqual([]);
});
