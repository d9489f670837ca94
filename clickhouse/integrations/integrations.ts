import { hash } from 'node:crypto';
import { z } from 'zod';
import {
  type IntegrationKey,
  type IntegrationProblem,
  integrationProblem,
  integrationStatus,
  isKeyProblem,
} from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

export const record = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  organization_id: z.string(),
  organization_name: z.string(),
  status: integrationStatus,
  problem: integrationProblem,
  credential_id: z.string(),
  connected_at: z.string(),
  history_from: z.string(),
  history_to: z.string(),
  key_expires_at: z.string().nullable(),
  host: z.string(),
});
export type Integration = z.infer<typeof record>;

/** A tenant has one integration per organization, by construction: the id is derived from the two. */
export function integrationId(tenantId: string, organizationId: string): string {
  return `openai-${hash('sha256', JSON.stringify([tenantId, organizationId]), 'hex').slice(0, 16)}`;
}

export const COLUMNS = `tenant_id, integration_id, organization_id, organization_name, status, problem, credential_id,
  formatDateTime(connected_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS connected_at, history_from, history_to,
  formatDateTime(key_expires_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS key_expires_at, host`;

/** A tenant's integrations, oldest first. */
export function listIntegrations(warehouse: Warehouse, tenantId: string): Promise<Integration[]> {
  return warehouse.query({
    name: 'integrations',
    sql: `SELECT ${COLUMNS} FROM integration_records FINAL
          WHERE tenant_id = {tenant_id: String}
          ORDER BY integration_records.connected_at, integration_id`,
    params: { tenant_id: tenantId },
    row: record,
  });
}

/** @returns undefined where the tenant has no such integration */
export async function readIntegration(warehouse: Warehouse, key: IntegrationKey): Promise<Integration | undefined> {
  const [integration] = await warehouse.query({
    name: 'integration',
    sql: `SELECT ${COLUMNS} FROM integration_records FINAL
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}`,
    params: key,
    row: record,
  });
  return integration;
}

const insert = `INSERT INTO integration_records
  (tenant_id, integration_id, version, organization_id, organization_name, status, problem, credential_id,
   connected_at, history_from, history_to, key_expires_at, host)`;
/** By the warehouse's clock, as all versions are. */
const agoMs = (ms: number) => `toUInt64(toUnixTimestamp64Milli(now64(3)) - ${ms})`;
/** A change's record is later than the one that it replaces, and than what syncs may write meanwhile. */
const changeVersion = (version: string) => `greatest(${version} + 1000, ${agoMs(0)})`;
/**
 * A sync's record is dated back by longer than a change's statement can take: a sync whose statement selects the record
 * from before a change and writes after it must not win over the change. See docs/adr/0004.
 */
const syncVersion = `greatest(version + 1, ${agoMs(300_000)})`;

/**
 * Records how a sync ended, in one statement, if the key that it read with is still the integration's; writes nothing
 * where nothing changes. Only the backfill changes `backfilling` to `connected`: other syncs do not read the whole
 * history.
 * @param outcome `earliest`: the first day that OpenAI keeps, '' where it refused none
 */
export async function recordOutcome(
  warehouse: Warehouse,
  outcome: IntegrationKey & {
    credential_id: string;
    problem: IntegrationProblem;
    earliest: string;
    is_backfill: boolean;
  },
): Promise<void> {
  await warehouse.command(
    'record outcome',
    `${insert}
     WITH
       multiIf({is_stopped: Bool}, 'action_required',
         was.status = 'backfilling' AND NOT {is_backfill: Bool}, 'backfilling', 'connected') AS new_status,
       greatest(was.history_from, toDateOrZero({earliest: String})) AS new_from
     SELECT tenant_id, integration_id, ${syncVersion}, organization_id, organization_name, new_status,
       {problem: String}, credential_id, connected_at, new_from, history_to, key_expires_at, host
     FROM integration_records AS was FINAL
     WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
       AND credential_id = {credential_id: String} AND was.status != 'disconnected'
       AND ((new_status, {problem: String}, new_from) != (was.status, was.problem, was.history_from)
         OR {problem: String} = 'provider_unavailable')`,
    { ...outcome, is_stopped: isKeyProblem(outcome.problem) },
  );
}

/**
 * Makes an integration `disconnected`, in one statement; its history ends with the day before. Does nothing if there is
 * no such integration, or it is disconnected already.
 */
export async function markDisconnected(warehouse: Warehouse, key: IntegrationKey): Promise<void> {
  await warehouse.command(
    'mark disconnected',
    `${insert}
     SELECT tenant_id, integration_id, ${changeVersion('version')}, organization_id, organization_name, 'disconnected', '',
       credential_id, connected_at, history_from, greatest(history_from, toDate(now('UTC'))),
       key_expires_at, host
     FROM integration_records AS was FINAL
     WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
       AND was.status != 'disconnected'`,
    key,
  );
}

/** Records when the key expires, null for never, if it is still the integration's. */
export async function recordKeyExpiry(
  warehouse: Warehouse,
  expiry: IntegrationKey & { credential_id: string; expires_at: string | null },
): Promise<void> {
  await warehouse.command(
    'record key expiry',
    `${insert}
     SELECT tenant_id, integration_id, ${syncVersion}, organization_id, organization_name, status, problem,
       credential_id, connected_at, history_from, history_to,
       parseDateTimeBestEffortOrNull({expires_at: String}, 'UTC'), host
     FROM integration_records AS was FINAL
     WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
       AND credential_id = {credential_id: String} AND was.status != 'disconnected'`,
    { ...expiry, expires_at: expiry.expires_at ?? '' },
  );
}

/** Records the host that serves the organization, if the key is still the integration's. */
export async function recordHost(
  warehouse: Warehouse,
  found: IntegrationKey & { credential_id: string; host: string },
): Promise<void> {
  await warehouse.command(
    'record host',
    `${insert}
     SELECT tenant_id, integration_id, ${syncVersion}, organization_id, organization_name, status, problem,
       credential_id, connected_at, history_from, history_to, key_expires_at, {host: String}
     FROM integration_records AS was FINAL
     WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
       AND credential_id = {credential_id: String} AND was.status != 'disconnected' AND was.host != {host: String}`,
    found,
  );
}

/** What is written when a key is connected: when it expires is read later. */
export type NewIntegration = Omit<Integration, 'key_expires_at' | 'host'> & { host?: string };

/** Writes an integration's whole state; the latest write wins. */
export async function writeIntegration(warehouse: Warehouse, integration: NewIntegration): Promise<void> {
  await warehouse.command(
    'write integration',
    `${insert}
     SELECT {tenant_id: String}, {integration_id: String}, ${changeVersion('max(version)')},
       {organization_id: String}, {organization_name: String}, {status: String}, {problem: String},
       {credential_id: String}, parseDateTime64BestEffort({connected_at: String}, 3, 'UTC'),
       {history_from: Date}, {history_to: Date}, NULL, {host: String}
     FROM integration_records
     WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}`,
    { ...integration, host: integration.host ?? '' },
  );
}
