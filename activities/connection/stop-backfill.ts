import { readCredential } from '#clickhouse/integrations/credentials.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { backfillId } from '#workflows/contract/ids.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { stopWorkflows } from './running-workflows.ts';

/**
 * Cancels the backfill of the recorded key, and fails until it has ended. Does nothing where the new key was deleted
 * since it was checked, because that key replaces nothing.
 * @param credential_id the new key's
 * @returns the recorded key's credential; null if there was nothing to stop
 */
export async function stopBackfill(
  { warehouse, temporal }: Dependencies,
  { credential_id, ...key }: IntegrationKey & CredentialId,
): Promise<CredentialId | null> {
  const { tenant_id } = key;
  const integration = await readIntegration(warehouse, key);
  if (!integration || !(await readCredential(warehouse, { tenant_id, credential_id }))) return null;
  await stopWorkflows(temporal, [backfillId(key, integration)]);
  return { tenant_id, credential_id: integration.credential_id };
}
