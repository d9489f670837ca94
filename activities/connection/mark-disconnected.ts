import { deleteUnusedCredential } from '#clickhouse/integrations/credentials.ts';
import { markDisconnected as mark, readIntegration } from '#clickhouse/integrations/integrations.ts';
import { purgeIntegration } from '#clickhouse/writes/purge.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** From here on no sync records anything of the integration, and its key is nobody's. */
export function markDisconnected({ warehouse }: Dependencies, key: IntegrationKey): Promise<void> {
  return mark(warehouse, key);
}

/** Destroys the sealed key at once. */
export async function destroyKey({ warehouse }: Dependencies, key: IntegrationKey): Promise<void> {
  const integration = await readIntegration(warehouse, key);
  if (integration) await deleteUnusedCredential(warehouse, integration);
}

/** Erases everything that was read through the integration, and the integration itself. */
export function purge({ warehouse }: Dependencies, key: IntegrationKey): Promise<void> {
  return purgeIntegration(warehouse, key);
}
