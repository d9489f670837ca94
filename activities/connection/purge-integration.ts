import { purgeIntegration as purge } from '#clickhouse/writes/purge.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** Deletes everything that was read through the integration, and the integration itself. */
export function purgeIntegration({ warehouse }: Dependencies, key: IntegrationKey): Promise<void> {
  return purge(warehouse, key);
}
