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
  const records = Array.from({ length: count }, (_, index) => ({ ...integration(keyOf(index + 1)), version: 1 }));
  await database.warehouse.insert('integration_records', records);
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
  const refused = { status: 'action_required', problem: 'key_rejected', version: Date.now() - 2 * 3_600_000 } as const;
  const records = [1, 2, 3, 4].map((tenant) => ({ ...integration(keyOf(tenant)), ...refused }));
  await database.warehouse.insert('integration_records', [...records, { ...integration(keyOf(5)), version: 1 }]);
  expect(await record(5, 'key_rejected')).toBe('key_rejected');
});
