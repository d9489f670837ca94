import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordOutcome } from '#activities/sync/record-outcome.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationProblem } from '#domain/integration.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(() => database.drop());

const keyOf = (tenant: number) => ({ tenant_id: `tenant-${tenant}`, integration_id: 'openai-1' });
const statusOf = async (tenant: number) => {
  const record = await readIntegration(database.warehouse, keyOf(tenant));
  return [record?.status, record?.problem];
};
async function addTenants(count: number) {
  for (let tenant = 1; tenant <= count; tenant++)
    await writeIntegration(database.warehouse, integration(keyOf(tenant)));
}
/** Records an outcome as a worker does, and returns what was recorded. */
const record = (tenant: number, problem: IntegrationProblem): Promise<IntegrationProblem> =>
  new MockActivityEnvironment().run(recordOutcome, database, {
    ...keyOf(tenant),
    mode: 'daily' as const,
    credential_id: 'c',
    problem,
  });

test('keys of many tenants refused within the hour are OpenAI’s fault, and held against none of them', async () => {
  await addTenants(8);
  for (const tenant of [1, 2, 3, 4]) expect(await record(tenant, 'key_rejected')).toBe('key_rejected');
  for (const tenant of [5, 6, 7]) expect(await record(tenant, 'scope_missing')).toBe('provider_unavailable');
  expect(await statusOf(4)).toEqual(['action_required', 'key_rejected']);
  expect(await statusOf(5)).toEqual(['connected', 'provider_unavailable']);
  // What has a reason of its own, such as a key that is no longer stored, is no part of it.
  expect(await record(8, 'credential_missing')).toBe('credential_missing');
  expect(await record(5, '')).toBe('');
  expect(await statusOf(5)).toEqual(['connected', '']);
});

test('a few refusals among many tenants are theirs', async () => {
  await addTenants(120);
  for (const tenant of [1, 2, 3, 4, 5, 6]) expect(await record(tenant, 'key_rejected')).toBe('key_rejected');
  expect(await record(7, 'key_rejected')).toBe('provider_unavailable'); // 7 of 120: more than 5 %
});

test('refusals of an earlier hour do not count', async () => {
  await addTenants(6);
  for (const tenant of [1, 2, 3, 4]) await record(tenant, 'key_rejected');
  await database.warehouse.command(
    'as of two hours ago',
    `INSERT INTO integration_records SELECT * REPLACE (version - 7200000 AS version) FROM integration_records FINAL
     WHERE status = 'action_required'`,
  );
  await database.warehouse.command(
    'without what came after',
    `ALTER TABLE integration_records DELETE
     WHERE tenant_id IN ('tenant-1', 'tenant-2', 'tenant-3', 'tenant-4') AND version > ${Date.now() - 3_600_000}`,
  );
  expect(await statusOf(1)).toEqual(['action_required', 'key_rejected']);
  expect(await record(5, 'key_rejected')).toBe('key_rejected');
});
