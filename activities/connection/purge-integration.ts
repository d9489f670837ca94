import { purgeIntegration as purge, sweepLateWrites as sweep } from '#clickhouse/writes/purge.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

type Context = Pick<Dependencies, 'warehouse'>;

/** Deletes everything that was read through the integration, and the integration itself. @returns when it began */
export function purgeIntegration({ warehouse }: Context, key: IntegrationKey): Promise<number> {
  return purge(warehouse, key);
}

/** Deletes what reads that began before a purge have written after it. */
export function sweepLateWrites(
  { warehouse }: Context,
  { purged_at, ...key }: IntegrationKey & { purged_at: number },
): Promise<void> {
  return sweep(warehouse, key, purged_at);
}
