import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { metricColumns } from '#clickhouse/writes/usage-days.ts';
import { USAGE_DIMENSIONS, USAGE_METRICS } from '#providers/openai/usage/usage-endpoints.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

// The client of OpenAI and the warehouse know nothing of each other; here both are known.
test('every metric and dimension that is known of OpenAI has a column of its own', async () => {
  expect(metricColumns).toEqual(USAGE_METRICS);
  const columns = await database.warehouse.query({
    name: 'usage columns',
    sql: `SELECT name FROM system.columns
          WHERE database = currentDatabase() AND table = 'usage_days' AND startsWith(name, 'items.')`,
    row: z.object({ name: z.string() }),
  });
  const kept = [...USAGE_DIMENSIONS, ...USAGE_METRICS, 'other_metrics', 'extra'];
  expect(columns.map(({ name }) => name).sort()).toEqual(kept.map((name) => `items.${name}`).sort());
});
