import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { USAGE_DIMENSIONS } from '#domain/usage-dimensions.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

// The provider's client and the warehouse do not import each other; this test knows both.
test('every known metric and dimension of OpenAI has a column of its own', async () => {
  const columns = await database.warehouse.query({
    name: 'usage columns',
    sql: `SELECT name FROM system.columns
          WHERE database = currentDatabase() AND table = 'usage_days' AND startsWith(name, 'items.')`,
    row: z.object({ name: z.string() }),
  });
  const kept = [...USAGE_DIMENSIONS, ...USAGE_METRICS, 'other_metrics', 'extra'];
  expect(columns.map(({ name }) => name).sort()).toEqual(kept.map((name) => `items.${name}`).sort());
});
