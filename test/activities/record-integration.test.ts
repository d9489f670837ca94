import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findIntegration } from '#activities/connection/find-integration.ts';
import { recordIntegration } from '#activities/connection/record-integration.ts';

import { storeCredential } from '#clickhouse/integrations/credentials.ts';
import { listIntegrations, readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
let tenant_id: string;
let tenants = 0;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  tenants += 1;
  tenant_id = `tenant-${tenants}`;
});

type Options = { today?: string; integration_id?: string };

async function record(credential_id: string, id: string, name: string, options: Options = {}): Promise<IntegrationKey> {
  const { today = '2026-11-23', integration_id } = options;
  const key = { tenant_id, credential_id, integration_id, organization: { id, name } };
  await storeCredential(
    database.warehouse,
    { tenant_id, credential_id },
    { key_id: 'k', encapsulation: 'e', ciphertext: 'c' },
  );
  const integration = await findIntegration(database, key);
  expect(await recordIntegration(database, { ...key, ...integration, today })).toBe(true);
  return integration;
}
const all = () => listIntegrations(database.warehouse, tenant_id);

test('an organization that OpenAI names later stays with the integration that its key created', async () => {
  const first = await record('c1', '', '');
  expect(await record('c1', '', 'Acme')).toEqual(first);
  expect(await record('c1', 'org-1', 'Acme Inc.')).toEqual(first);
  // And another key of that organization, too.
  expect(await record('c2', 'org-1', 'Acme Inc.')).toEqual(first);
  expect(await all()).toMatchObject([
    { organization_id: 'org-1', organization_name: 'Acme Inc.', credential_id: 'c2' },
  ]);
});

test('two organizations of one name are two integrations', async () => {
  const one = await record('c1', 'org-1', 'Acme');
  expect(await record('c2', 'org-2', 'Acme')).not.toEqual(one);
  expect(await all()).toHaveLength(2);
});

test.each([
  ['neither has an id', '', ''],
  ['only the recorded one has', 'org-1', ''],
  ['only the new one has', '', 'org-2'],
])('an equal name is a question, where %s', async (_case, recorded, id) => {
  const first = await record('c1', recorded, 'Personal');
  await expect(record('c2', id, 'Personal')).rejects.toMatchObject({ type: 'organization_unclear' });
  expect(await all()).toMatchObject([{ credential_id: 'c1', organization_id: recorded }]);

  // The user says which it is.
  const other = await record('c2', id, 'Personal', { integration_id: 'new' });
  expect(other.integration_id).not.toBe(first.integration_id);
  expect(await all()).toHaveLength(2);
  expect(await record('c3', '', 'Personal', first)).toEqual(first);
  const recordedNow = (await all()).sort((a, b) => a.credential_id.localeCompare(b.credential_id));
  expect(recordedNow).toMatchObject([
    { ...other, credential_id: 'c2' },
    { ...first, credential_id: 'c3' },
  ]);
});

test('a key never replaces that of an organization with another id, whatever the user says', async () => {
  const first = await record('c1', 'org-1', 'Personal');
  const differs = { type: 'organization_differs' };
  await expect(record('c2', 'org-2', 'Personal', first)).rejects.toMatchObject(differs);
  const other = await record('c2', 'org-2', 'Personal');
  await expect(record('c3', 'org-2', 'Personal', first)).rejects.toMatchObject(differs);
  await expect(record('c3', '', 'Personal', { integration_id: 'openai-none' })).rejects.toMatchObject(differs);
  // Said to be another one, it is still the organization that its id says.
  expect(await record('c3', 'org-2', 'Personal', { integration_id: 'new' })).toEqual(other);
});

test.each([
  ['neither is named', '', ''],
  ['only the new one is', '', 'Acme'],
  ['only the recorded one is', 'Acme', ''],
])('an organization without an id is a question, where %s', async (_case, recorded, name) => {
  const one = await record('c1', '', recorded);
  await expect(record('c2', '', name)).rejects.toMatchObject({ type: 'organization_unclear' });
  expect(await record('c2', '', name, { integration_id: 'new' })).not.toEqual(one);
});

test('the same organization of two tenants is two integrations', async () => {
  const one = await record('c1', 'org-1', 'Acme');
  tenant_id = 'another';
  expect(await record('c1', 'org-1', 'Acme')).not.toEqual(one);
});

test('connected again, the history begins a year ago, or as early as it did', async () => {
  const key = await record('c1', 'org-1', 'Acme', { today: '2026-01-01' });
  expect(await readIntegration(database.warehouse, key)).toMatchObject({ history_from: '2025-01-02' });
  await record('c1', 'org-1', 'Acme', { today: '2026-11-23' });
  expect(await readIntegration(database.warehouse, key)).toMatchObject({ history_from: '2025-01-02' });
});

test('a key that was destroyed since it was checked connects nothing', async () => {
  const key = { tenant_id, integration_id: 'openai-1', credential_id: 'c1' };
  const organization = { id: 'org-1', name: 'Acme' };
  expect(await recordIntegration(database, { ...key, organization, today: '2026-11-23' })).toBe(false);
  expect(await all()).toEqual([]);
});
