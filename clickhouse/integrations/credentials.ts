import { z } from 'zod';
import type { SealedKey } from '#credentials/sealing.ts';
import type { CredentialId } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/** Stores a sealed key; storing the same credential again replaces it. */
export async function storeCredential(warehouse: Warehouse, credential: CredentialId, sealed: SealedKey) {
  await warehouse.insert('credentials', [{ ...credential, ...sealed, version: Date.now() }]);
}

/** @returns the sealed key, or undefined where it was deleted */
export async function readCredential(warehouse: Warehouse, credential: CredentialId): Promise<SealedKey | undefined> {
  const [sealed] = await warehouse.query({
    name: 'credential',
    sql: `SELECT key_id, encapsulation, ciphertext FROM credentials FINAL
          WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String}`,
    params: credential,
    row: z.object({ key_id: z.string(), encapsulation: z.string(), ciphertext: z.string() }),
  });
  return sealed;
}

/** Deletes a sealed key at once, unless an integration uses it. */
export async function deleteUnusedCredential(warehouse: Warehouse, credential: CredentialId) {
  await warehouse.command(
    'delete credential',
    `ALTER TABLE credentials DELETE
     WHERE tenant_id = {tenant_id: String} AND credential_id = {credential_id: String}
       AND credential_id NOT IN (
         SELECT credential_id FROM integration_records FINAL
         WHERE tenant_id = {tenant_id: String} AND status != 'disconnected')`,
    credential,
  );
}
