import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Integration,
  markDisconnected,
  readIntegration,
  recordKeyExpiry,
  recordOutcome,
  writeIntegration,
} from '#clickhouse/integrations/integrations.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';

let database: Database;
let integration: Integration;
let count = 0;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  count += 1;
  integration = {
    tenant_id: 'acme',
    integration_id: `openai-${count}`,
    organization_id: 'org-1',
    organization_name: "Acme 'Robotics'\\\n",
    status: 'backfilling',
    problem: '',
    credential_id: 'c1',
    connected_at: '2026-01-02T03:04:05Z',
    history_from: '2025-06-01',
    history_to: '2026-01-03',
    key_expires_at: null,
    host: 'eu.api.openai.com',
  };
  await write({});
});

const write = (change: Partial<Integration>) => writeIntegration(database.warehouse, { ...integration, ...change });
const read = () => readIntegration(database.warehouse, integration);
const record = (change: Partial<Parameters<typeof recordOutcome>[1]> = {}) => {
  const { tenant_id, integration_id, credential_id } = integration;
  const outcome = { tenant_id, integration_id, credential_id, problem: '', earliest: '', is_backfill: true } as const;
  return recordOutcome(database.warehouse, { ...outcome, ...change });
};

/** As if a worker whose clock is a day ahead had made the last change. */
const fromTheFuture = () =>
  database.warehouse.command(
    'a clock that is ahead',
    `INSERT INTO integration_records SELECT * REPLACE (version + 86400000 AS version) FROM integration_records FINAL
     WHERE integration_id = {integration_id: String}`,
    integration,
  );

test('a written integration is read back', async () => {
  expect(await read()).toEqual(integration);
});

test('a later change wins, whatever the clocks say', async () => {
  await fromTheFuture();
  await markDisconnected(database.warehouse, integration);
  // Its history ends with the day before.
  expect(await read()).toEqual({ ...integration, status: 'disconnected', history_to: TODAY });
  await write({ credential_id: 'c2' });
  expect(await read()).toEqual({ ...integration, credential_id: 'c2' });
  await record({ credential_id: 'c2' });
  expect(await read()).toMatchObject({ status: 'connected', credential_id: 'c2' });
});

test('disconnecting an integration that does not exist creates none', async () => {
  await markDisconnected(database.warehouse, { tenant_id: 'acme', integration_id: 'openai-none' });
  const none = await readIntegration(database.warehouse, { tenant_id: 'acme', integration_id: 'openai-none' });
  expect(none).toBeUndefined();
});

test('only the backfill changes backfilling to connected', async () => {
  await record({ is_backfill: false });
  expect(await read()).toMatchObject({ status: 'backfilling' });
  await record();
  expect(await read()).toMatchObject({ status: 'connected' });
});

test('any sync can require action, and any that succeeds takes it back', async () => {
  await record({ is_backfill: false, problem: 'credential_missing' });
  expect(await read()).toMatchObject({ status: 'action_required', problem: 'credential_missing' });
  await record({ is_backfill: false });
  expect(await read()).toMatchObject({ status: 'connected', problem: '' });
});

test('where OpenAI refuses the server, the reason is recorded and nothing is stopped', async () => {
  for (const problem of ['network_refused', 'country_unsupported', 'wrong_region', 'provider_unavailable'] as const) {
    await record({ problem });
    expect(await read()).toMatchObject({ status: 'connected', problem });
  }
  await record();
  expect(await read()).toMatchObject({ status: 'connected', problem: '' });
});

test('an outcome that changes nothing writes nothing', async () => {
  const versions = () =>
    database.warehouse.query({
      name: 'versions',
      sql: 'SELECT version FROM integration_records WHERE integration_id = {integration_id: String} ORDER BY version',
      params: integration,
      row: z.object({ version: z.coerce.number() }),
    });
  for (const problem of ['key_rejected', ''] as const) {
    await record({ problem });
    const before = (await versions()).at(-1);
    await record({ problem });
    expect((await versions()).at(-1)).toEqual(before);
  }
});

test('if OpenAI keeps no older days, the history begins later, never earlier', async () => {
  await record({ earliest: '2025-09-01' });
  expect(await read()).toMatchObject({ history_from: '2025-09-01' });
  await record({ earliest: '2025-01-01' });
  expect(await read()).toMatchObject({ history_from: '2025-09-01' });
});

test('the outcome of a sync whose key was replaced meanwhile is not recorded', async () => {
  await write({ credential_id: 'c2' });
  await record({ problem: 'key_rejected' });
  expect(await read()).toEqual({ ...integration, credential_id: 'c2' });
});

test('the outcome of a sync of a disconnected integration is not recorded', async () => {
  await markDisconnected(database.warehouse, integration);
  await record();
  await record({ problem: 'key_rejected' });
  expect(await read()).toMatchObject({ status: 'disconnected', problem: '' });
});

test('when the key expires is kept by every change, and unknown of another key', async () => {
  const expires_at = '2027-02-03T04:05:06Z';
  const { tenant_id, integration_id, credential_id } = integration;
  const key = { tenant_id, integration_id };
  await recordKeyExpiry(database.warehouse, { ...key, credential_id: 'another', expires_at });
  expect(await read()).toEqual(integration);
  await recordKeyExpiry(database.warehouse, { ...key, credential_id, expires_at });
  await record({ problem: 'key_expired' });
  expect(await read()).toEqual({
    ...integration,
    status: 'action_required',
    problem: 'key_expired',
    key_expires_at: expires_at,
  });
  await recordKeyExpiry(database.warehouse, { ...key, credential_id, expires_at: null });
  expect(await read()).toMatchObject({ key_expires_at: null });
  await recordKeyExpiry(database.warehouse, { ...key, credential_id, expires_at });
  await write({ credential_id: 'c2' });
  expect(await read()).toMatchObject({ key_expires_at: null, host: integration.host });
});
