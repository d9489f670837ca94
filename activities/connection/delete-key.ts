import { deleteUnusedCredential } from '#clickhouse/integrations/credentials.ts';
import type { CredentialId } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** Deletes a stored key at once, unless a connected integration uses it. */
export function deleteKey({ warehouse }: Dependencies, credential: CredentialId): Promise<void> {
  return deleteUnusedCredential(warehouse, credential);
}
