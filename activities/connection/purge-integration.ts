import { Context } from '@temporalio/activity';
import { purgeIntegration as purge, sweepLateWrites as sweep } from '#clickhouse/writes/purge.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

type Warehouse = Pick<Dependencies, 'warehouse'>;

/** Deletes everything that was read through the integration, and the integration itself. @returns when it began */
export function purgeIntegration({ warehouse }: Warehouse, key: IntegrationKey): Promise<number> {
  return purge(warehouse, key, thisPurge());
}

/** Deletes what reads that began before a purge have written after it. */
export function sweepLateWrites(
  { warehouse }: Warehouse,
  { purged_at, ...key }: IntegrationKey & { purged_at: number },
): Promise<void> {
  return sweep(warehouse, key, { ...thisPurge(), purgedAt: purged_at });
}

/** All attempts of an activity are one purge. */
function thisPurge() {
  const { info } = Context.current();
  const sleep = (milliseconds: number) => Context.current().sleep(milliseconds);
  return { id: `${info.workflowExecution?.runId}/${info.activityId}`, sleep };
}
