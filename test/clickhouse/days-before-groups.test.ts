import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { readSchema } from '#clickhouse/schema/files.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { AT_ONCE, createEmptyDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

// Migration 013 adds coarser groups to the row of a day, and 014 fills them in the background.
const key = { tenant_id: 'one', integration_id: 'i' };
const facts = [
  ['p1', 'gpt-5', '1.000000000000000001'],
  ['p2', 'gpt-5', '2.5'],
  ['p1', 'o3', '-0.25'],
] as const;
let database: Database;

beforeAll(async () => {
  database = await createEmptyDatabase();
  const { warehouse } = database;
  const migrations = (await readSchema()).flat().filter(({ kind }) => kind === 'migration');
  for (const { name, sql } of migrations.filter(({ name }) => name < '013')) await warehouse.command(name, sql);
  const values = (nth: number) => `[${facts.map((fact) => `'${fact[nth]}'`).join()}]`;
  await warehouse.command(
    'a day',
    `INSERT INTO cost_days (tenant_id, integration_id, day, version, provider_total, items.project_id, items.model,
       items.amount, items.currency, items.line_item)
     SELECT 'one', 'i', '2026-01-01', 1767398400000, '3.250000000000000001', ${values(0)}, ${values(1)},
       arrayMap(amount -> toDecimal128(amount, 18), ${values(2)}), ['usd', 'usd', 'usd'], ${values(1)}`,
  );
});
afterAll(() => database.drop());

test.each([
  ['while they are not filled', 'SYSTEM STOP MERGES cost_days'],
  ['once they are', 'SYSTEM START MERGES cost_days'],
])('days that were written before there were groups are summed right, %s', async (_, merges) => {
  const { warehouse } = database;
  await warehouse.command('merges', merges);
  await migrate(warehouse, AT_ONCE);
  await warehouse.command('filled', merges.includes('START') ? 'OPTIMIZE TABLE cost_days FINAL' : 'SELECT 1');
  await writeIntegration(warehouse, integration(key));
  const temporal = Connection.lazy(); // never connects
  const api = await serveApi(warehouse, temporal, 'one');
  const costsBy = async (dimension: string) => {
    const path = `/v1/costs?from=2026-01-01&to=2026-01-02&group_by=${dimension}`;
    const response = await fetch(api.url + path, { headers: api.headers });
    const { data } = (await response.json()) as { data: Record<string, string>[] };
    return Object.fromEntries(data.map((row) => [row[dimension], row.amount]));
  };
  expect(await costsBy('project_id')).toEqual({ p1: '0.750000000000000001', p2: '2.5' });
  expect(await costsBy('model')).toEqual({ 'gpt-5': '3.500000000000000001', o3: '-0.25' });
  await api.close();
  await temporal.close();
});
