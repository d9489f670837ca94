import { z } from 'zod';
import type { SealedKey } from '#credentials/sealing.ts';
import type { CredentialId } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { BY_MAJORITY } from '../client/options.ts';

const sealedKey = z.object({ key_id: z.string(), encapsulation: z.string(), ciphertext: z.string() });

/** The tables with what is sealed: Admin keys, and the secrets of channels, which are named in the same way. */
export const SEALED_TABLES = ['credentials', 'channel_secrets'] as const;
export type SealedTable = (typeof SEALED_TABLES)[number];

/** Stores a sealed key; storing the same credential again replaces it. */
export async function storeCredential(
  warehouse: Warehouse,
  credential: CredentialId,
  sealed: SealedKey,
  table: SealedTable = 'credentials',
) {
  await warehouse.insert(table, [{ ...credential, ...sealed, version: Date.now() }], BY_MAJORITY);
}

/** @returns the sealed key, or undefined where it was deleted */
export async function readCredential(
  warehouse: Warehouse,
  credential: CredentialId,
  table: SealedTable = 'credentials',
): Promise<SealedKey | undefined> {
  const [sealed] = await warehouse.query({
    name: 'credential',
    sql: `SELECT key_id, encapsulation, ciphertext FROM ${table} FINAL
          WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String}`,
    params: credential,
    row: sealedKey,
  });
  return sealed;
}

/** A sealed key of any tenant. */
export type StoredCredential = CredentialId & SealedKey;

/** What a table has that is sealed for another sealing key than `keyId`. */
export function listSealedForOthers(
  warehouse: Warehouse,
  table: SealedTable,
  keyId: string,
): Promise<StoredCredential[]> {
  return warehouse.query({
    name: 'sealed for others',
    sql: `SELECT tenant_id, credential_id, key_id, encapsulation, ciphertext FROM ${table} FINAL
          WHERE key_id NOT IN ({key_id: String}, '') ORDER BY tenant_id, credential_id`,
    params: { key_id: keyId },
    row: sealedKey.extend({ tenant_id: z.string(), credential_id: z.string() }),
  });
}

/** Replaces a sealed key by the same one sealed anew, unless it was deleted or replaced meanwhile. */
export async function replaceSealed(
  warehouse: Warehouse,
  table: SealedTable,
  before: StoredCredential,
  sealed: SealedKey,
): Promise<void> {
  await warehouse.command(
    'replace sealed key',
    `INSERT INTO ${table} (tenant_id, credential_id, key_id, encapsulation, ciphertext, version)
     SELECT tenant_id, credential_id, {key_id: String}, {encapsulation: String}, {ciphertext: String},
       greatest(was.version + 1, {now: UInt64})
     FROM ${table} AS was FINAL
     WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String}
       AND was.ciphertext = {before: String}`,
    { ...before, ...sealed, before: before.ciphertext, now: Date.now() },
  );
}

/**
 * Deletes a sealed key at once, unless an integration uses it.
 * @param version of the newest copy that is deleted: one that was stored later stays
 */
export async function deleteUnusedCredential(
  warehouse: Warehouse,
  credential: CredentialId,
  version = Number.MAX_SAFE_INTEGER,
) {
  // Two statements: replicas refuse a mutation with a subquery, since each would evaluate it by itself.
  const users = await warehouse.query({
    name: 'users of a credential',
    sql: `SELECT integration_id FROM integration_records FINAL
          WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String} AND status != 'disconnected'
          LIMIT 1`,
    params: credential,
    row: z.object({ integration_id: z.string() }),
  });
  if (users.length === 0) await deleteSealed(warehouse, 'credentials', credential, version);
}

/** Deletes what is sealed at once. `version`: of the newest copy that is deleted. */
export async function deleteSealed(
  warehouse: Warehouse,
  table: SealedTable,
  credential: CredentialId,
  version: number,
): Promise<void> {
  await warehouse.command(
    'delete credential',
    `ALTER TABLE ${table} DELETE
     WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String} AND version <= {version: UInt64}`,
    { ...credential, version },
  );
}
