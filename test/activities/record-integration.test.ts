import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import { recordIntegration } from '../../activities/record-integration.ts';
import { concludeIntegration, listIntegrations, readIntegration } from '../../clickhouse/integrations.ts';
import { createDatabase, type Database } from '../database.ts';

let database: Database;
let dependencies: Dependencies;
let tenant_id: string;
let tenants = 0;
beforeAll(async () => {
  database = await createDatabase();
  // The others are not used by what is tested here.
  dependencies = { warehouse: database.warehouse } as Dependencies;
});
afterAll(() => database.drop());
beforeEach(() => {
  tenants += 1;
  tenant_id = `tenant-${tenants}`;
});

const record = (credential_id: string, id: string, name: string, today = '2026-11-23') =>
  recordIntegration(dependencies, { tenant_id, credential_id, organization: { id, name }, today });
const all = () => listIntegrations(database.warehouse, tenant_id);

test('what OpenAI says later of a key belongs to the integration that the key made', async () => {
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

test('the same organization of two tenants is two integrations', async () => {
  const one = await record('c1', 'org-1', 'Acme');
  tenant_id = 'another';
  expect(await record('c1', 'org-1', 'Acme')).not.toEqual(one);
});

test('connected again, the history begins a year ago, or earlier where it did', async () => {
  const key = await record('c1', 'org-1', 'Acme', '2026-01-01');
  const conclude = (credential_id: string, earliest: string) =>
    concludeIntegration(database.warehouse, { ...key, credential_id, status: 'connected', problem: '', earliest });
  await conclude('c1', '2025-06-01');
  expect(await readIntegration(database.warehouse, key)).toMatchObject({
    history_from: '2025-06-01',
    status: 'connected',
  });
  await record('c1', 'org-1', 'Acme', '2026-01-01');
  expect(await readIntegration(database.warehouse, key)).toMatchObject({ history_from: '2025-01-02' });
  await record('c1', 'org-1', 'Acme', '2026-11-23');
  expect(await readIntegration(database.warehouse, key)).toMatchObject({ history_from: '2025-01-02' });
});

test('a sync that read with a key that was replaced meanwhile says nothing', async () => {
  const key = await record('c1', 'org-1', 'Acme');
  await record('c2', 'org-1', 'Acme');
  await concludeIntegration(database.warehouse, {
    ...key,
    credential_id: 'c1',
    status: 'action_required',
    problem: 'key_rejected',
    earliest: '',
  });
  expect(await readIntegration(database.warehouse, key)).toMatchObject({ status: 'backfilling', credential_id: 'c2' });
});
