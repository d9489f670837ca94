import { z } from 'zod';
import type { SealedKey } from '#credentials/sealing.ts';
import type { CredentialId } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { BY_MAJORITY } from '../client/options.ts';

const sealedKey = z.object({ key_id: z.string(), encapsulation: z.string(), ciphertext: z.string() });

/** Stores a sealed key; storing the same credential again replaces it. */
export async function storeCredential(warehouse: Warehouse, credential: CredentialId, sealed: SealedKey) {
  await warehouse.insert('credentials', [{ ...credential, ...sealed, version: Date.now() }], BY_MAJORITY);
}

/** @returns the sealed key, or undefined where it was deleted */
export async function readCredential(warehouse: Warehouse, credential: CredentialId): Promise<SealedKey | undefined> {
  const [sealed] = await warehouse.query({
    name: 'credential',
    sql: `SELECT key_id, encapsulation, ciphertext FROM credentials FINAL
          WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String}`,
    params: credential,
    row: sealedKey,
  });
  return sealed;
}

/** A sealed key of any tenant. */
export type StoredCredential = CredentialId & SealedKey;

/** The keys that are sealed for another sealing key than `keyId`. */
export function listSealedForOthers(warehouse: Warehouse, keyId: string): Promise<StoredCredential[]> {
  return warehouse.query({
    name: 'sealed for others',
    sql: `SELECT tenant_id, credential_id, key_id, encapsulation, ciphertext FROM credentials FINAL
          WHERE key_id != {key_id: String} ORDER BY tenant_id, credential_id`,
    params: { key_id: keyId },
    row: sealedKey.extend({ tenant_id: z.string(), credential_id: z.string() }),
  });
}

/** Replaces a sealed key by the same one sealed anew, unless it was deleted or replaced meanwhile. */
export async function replaceSealed(warehouse: Warehouse, before: StoredCredential, sealed: SealedKey): Promise<void> {
  await warehouse.command(
    'replace sealed key',
    `INSERT INTO credentials (tenant_id, credential_id, key_id, encapsulation, ciphertext, version)
     SELECT tenant_id, credential_id, {key_id: String}, {encapsulation: String}, {ciphertext: String},
       greatest(was.version + 1, {now: UInt64})
     FROM credentials AS was FINAL
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
  if (users.length > 0) return;
  await warehouse.command(
    'delete credential',
    `ALTER TABLE credentials DELETE
     WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String} AND version <= {version: UInt64}`,
    { ...credential, version },
  );
}
