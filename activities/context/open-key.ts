import { ApplicationFailure } from '@temporalio/common';
import { readCredential } from '#clickhouse/integrations/credentials.ts';
import { listIntegrations } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId } from '#domain/integration.ts';
import type { Dependencies } from './dependencies.ts';

/** The admin key in clear text. It must not leave the activity that opens it. */
export async function openKey(
  { warehouse, opener }: Pick<Dependencies, 'warehouse' | 'opener'>,
  credential: CredentialId,
): Promise<string> {
  const sealed = await readCredential(warehouse, credential);
  if (sealed) return opener.open(sealed, credential);
  const integrations = await listIntegrations(warehouse, credential.tenant_id);
  throw ApplicationFailure.create({
    type: 'credential_missing',
    message: 'The key is no longer stored. Connect the organization again.',
    // No longer the active key (rotated): retry, the next attempt opens the new key.
    nonRetryable: integrations.some(
      ({ credential_id, status }) => credential_id === credential.credential_id && status !== 'disconnected',
    ),
  });
}
