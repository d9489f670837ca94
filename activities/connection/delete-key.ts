import { deleteUnusedCredential } from '#clickhouse/integrations/credentials.ts';
import type { CredentialId } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** Destroys the sealed key of an attempt that failed; one that an integration uses stays. */
export function forgetCredential({ warehouse }: Dependencies, credential: CredentialId): Promise<void> {
  return deleteUnusedCredential(warehouse, credential);
}
