import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { recordIntegration } from '#activities/connection/record-integration.ts';
import { listReceivers } from '#activities/delivery/list-receivers.ts';
import { readAlert } from '#clickhouse/alerts/list-alerts.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { writeChannel } from '#clickhouse/channels/channels.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { deleteUnusedCredential, storeCredential } from '#clickhouse/integrations/credentials.ts';
import {
  markDisconnected,
  readIntegration,
  recordHost,
  recordKeyExpiry,
  recordOutcome,
  writeIntegration,
} from '#clickhouse/integrations/integrations.ts';
import { readRevision } from '#clickhouse/revision/data-revision.ts';
import { channelOf, raisedAlert } from '../fixtures/channel-fixtures.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { startLaggingReplica } from '../support/lagging-replica.ts';

// Each decision is taken right after the write that it depends on, while one replica lacks that write; and once more by
// statements that do not ask to see it, which shows that the decision would be wrong then.

let first: Database;
let second: Database;
beforeAll(async () => {
  [first, second] = await Promise.all([createDatabase(), createDatabase()]);
});
afterAll(() => Promise.all([first.drop(), second.drop()]));

type Replicas = { warehouse: Warehouse; catchUp: () => Promise<void> };
type Decision = {
  name: string;
  /** @returns what has come of it, by the first replica */
  decide: (replicas: Replicas, tenant_id: string) => Promise<unknown>;
  right: unknown;
};

const SEALED = { key_id: 'k', encapsulation: 'e', ciphertext: 'c' };
const CHANNEL = channelOf({ channel_id: 'channel' });
const RAISED = raisedAlert({ title: 'Stopped' });
const organization = { id: 'org-1', name: 'One' };
/** The only value that the first replica has of a tenant. */
async function outcome(column: string, table: string, tenant_id: string): Promise<unknown> {
  const rows = await first.warehouse.query({
    name: 'outcome',
    sql: `SELECT ${column} AS value FROM ${table} FINAL WHERE tenant_id = {tenant_id: String}`,
    params: { tenant_id },
    row: z.object({ value: z.string() }),
  });
  return rows.length === 1 ? rows[0]?.value : rows;
}

const decisions: Decision[] = [
  {
    name: 'a key that was just stored is recorded as its integration’s',
    async decide({ warehouse }, tenant_id) {
      const key = { tenant_id, integration_id: 'i', credential_id: 'c' };
      await storeCredential(warehouse, { tenant_id, credential_id: 'c' }, SEALED);
      return recordIntegration({ warehouse }, { ...key, organization, today: '2026-01-05' });
    },
    right: true,
  },
  {
    name: 'a key that has just come into use is not deleted',
    async decide({ warehouse, catchUp }, tenant_id) {
      await storeCredential(warehouse, { tenant_id, credential_id: 'c' }, SEALED);
      await catchUp();
      await writeIntegration(warehouse, integration({ tenant_id, integration_id: 'i' }));
      await deleteUnusedCredential(warehouse, { tenant_id, credential_id: 'c' });
      return outcome('credential_id', 'credentials', tenant_id);
    },
    right: 'c',
  },
  {
    name: 'an integration that was just recorded is disconnected',
    async decide({ warehouse }, tenant_id) {
      await writeIntegration(warehouse, integration({ tenant_id, integration_id: 'i' }));
      await markDisconnected(warehouse, { tenant_id, integration_id: 'i' });
      return outcome('status', 'integration_records', tenant_id);
    },
    right: 'disconnected',
  },
  {
    name: 'a day that is restated back to what it was is written again',
    async decide({ warehouse, catchUp }, tenant_id) {
      const read = (amount: string, version: number) =>
        writeCostDays(warehouse, { tenant_id, integration_id: 'i', version }, [
          costDay('2026-01-01', [costItem({ amount })], amount),
        ]);
      const now = Date.now();
      await read('10', now - 3_000);
      await catchUp();
      await read('7', now - 2_000);
      await read('10', now - 1_000);
      return outcome('provider_total', 'cost_days', tenant_id);
    },
    right: '10',
  },
  {
    name: 'an alert that was just recorded is sent to a channel that was just created',
    async decide({ warehouse }, tenant_id) {
      await writeChannel(warehouse, tenant_id, CHANNEL);
      await writeAlertEvent(warehouse, tenant_id, RAISED);
      const receivers = await listReceivers({ warehouse }, { tenant_id, ...RAISED.subject });
      const alert = await readAlert(warehouse, tenant_id, RAISED.subject.alert_id);
      return [receivers, alert?.title];
    },
    right: [['channel'], 'Stopped'],
  },
  {
    name: 'an answer is not kept over what was just written',
    async decide({ warehouse, catchUp }, tenant_id) {
      await catchUp();
      const before = await readRevision(warehouse, tenant_id);
      await writeIntegration(warehouse, integration({ tenant_id, integration_id: 'i' }));
      return before !== (await readRevision(warehouse, tenant_id));
    },
    right: true,
  },
];

let tenants = 0;
async function decided({ decide }: Decision, options: { careless: boolean }): Promise<unknown> {
  const replicas = await startLaggingReplica(first.options, second.options, options);
  tenants += 1;
  return decide(replicas, `tenant-${tenants}`).finally(replicas.close);
}

test.each(decisions)('$name', async (decision) => {
  expect(await decided(decision, { careless: false })).toEqual(decision.right);
  expect(await decided(decision, { careless: true })).not.toEqual(decision.right);
});

// What a sync selects may be older than what is there when it writes: on one server, too, if both run at once.
const endings: [string, (warehouse: Warehouse, key: SyncKey) => Promise<void>][] = [
  ['outcome', (to, key) => recordOutcome(to, { ...key, problem: 'key_rejected', earliest: '', is_backfill: false })],
  ['host', (to, key) => recordHost(to, { ...key, host: 'https://eu.api.openai.com' })],
  ['key’s expiry', (to, key) => recordKeyExpiry(to, { ...key, expires_at: null })],
];
type SyncKey = { tenant_id: string; integration_id: string; credential_id: string };

test.each(endings)('the %s of a sync does not bring back a key that was replaced meanwhile', async (name, end) => {
  const { warehouse, catchUp, close } = await startLaggingReplica(first.options, second.options, { careless: true });
  const key = { tenant_id: `rotated-${name}`, integration_id: 'i' };
  const connect = (credential_id: string) =>
    writeIntegration(warehouse, integration({ ...key, credential_id, status: 'backfilling' }));
  await connect('old');
  await catchUp();
  await connect('new');
  await end(warehouse, { ...key, credential_id: 'old' });
  expect(await readIntegration(first.warehouse, key)).toMatchObject({ credential_id: 'new', status: 'backfilling' });

  await catchUp();
  const outcome = { problem: 'key_rejected', earliest: '', is_backfill: false } as const;
  await recordOutcome(warehouse, { ...key, credential_id: 'new', ...outcome });
  expect(await readIntegration(first.warehouse, key)).toMatchObject({ status: 'action_required' });
  await close();
});
