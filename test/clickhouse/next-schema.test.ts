import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { freshnessOfAll } from '#clickhouse/coverage/freshness-of-all.ts';
import { readCredential, storeCredential } from '#clickhouse/integrations/credentials.ts';
import { recordOutcome, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { readReading } from '#clickhouse/integrations/reading.ts';
import { isMigrated, migrate } from '#clickhouse/schema/migrate.ts';
import { SCHEMA_VERSION } from '#clickhouse/schema/version.ts';
import { addDays } from '#domain/day.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { awayTemporal } from '../support/away-temporal.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { TODAY } from '../support/today.ts';

// While a version is deployed, the one before works on its tables. What a later version may do to them is to add: here,
// a column to each.
const key = { tenant_id: 'one', integration_id: 'i-one' };
const credential = { tenant_id: 'one', credential_id: 'c' };
let database: Database;

beforeAll(async () => {
  database = await createDatabase();
  const { warehouse } = database;
  const tables = await warehouse.query({
    name: 'tables',
    sql: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'`,
    row: z.object({ name: z.string() }),
  });
  expect(tables.length).toBeGreaterThan(6);
  for (const { name } of tables) {
    await warehouse.command('a later version', `ALTER TABLE ${name} ADD COLUMN of_a_later_version String FIRST`);
  }
  const view = { name: 'a_later_view', kind: 'view', sha256: 'of its text', version: SCHEMA_VERSION + 1 };
  await warehouse.insert('schema_migrations', [view]);
});
afterAll(() => database.drop());

test('this version works on the tables of the next', async () => {
  const { warehouse } = database;
  expect(await isMigrated(warehouse)).toBe(true);
  expect(await migrate(warehouse)).toEqual([]);

  const history = { history_from: addDays(TODAY, -3), history_to: addDays(TODAY, 1) };
  await storeCredential(warehouse, credential, { key_id: 'k', encapsulation: 'e', ciphertext: 't' });
  await writeIntegration(warehouse, integration({ ...key, ...history, status: 'backfilling' }));
  await writeCostDays(warehouse, { ...key, version: Date.now() }, [
    costDay(addDays(TODAY, -2), [costItem({ amount: '1.5' })], '1.5'),
  ]);
  const outcome = { ...key, credential_id: 'c', problem: '', earliest: '', is_backfill: true } as const;
  await recordOutcome(warehouse, outcome);

  expect(await readCredential(warehouse, credential)).toMatchObject({ ciphertext: 't' });
  expect(await readReading(warehouse, key)).toMatchObject({ integration: { status: 'connected' } });
  expect(await freshnessOfAll(warehouse)).toMatchObject([{ ...key, days_covered: 1, difference: 0 }]);

  const temporal = awayTemporal(); // reads need none
  const { url, headers, close } = await serveApi(warehouse, temporal, 'one');
  const response = await fetch(`${url}/v1/costs?from=${addDays(TODAY, -3)}&to=${TODAY}`, { headers });
  expect([response.status, JSON.stringify(await response.json())]).toEqual([200, expect.stringContaining('"1.5')]);
  await close();
});
