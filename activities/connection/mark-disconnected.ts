import { markDisconnected as mark, readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

/**
 * Records that the integration is disconnected. From then on no sync writes its days, and its key is no longer used.
 * @returns the credential of that key; null where there is no such integration
 */
export async function markDisconnected({ warehouse }: Dependencies, key: IntegrationKey): Promise<CredentialId | null> {
  await mark(warehouse, key);
  const integration = await readIntegration(warehouse, key);
  return integration ? { tenant_id: key.tenant_id, credential_id: integration.credential_id } : null;
}
