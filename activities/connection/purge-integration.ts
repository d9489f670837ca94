import { Context } from '@temporalio/activity';
import { finishPurge as finish, purgeIntegration as purge } from '#clickhouse/writes/purge.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Purged } from '#workflows/contract/messages.ts';
import type { Dependencies } from '../context/dependencies.ts';

type Warehouse = Pick<Dependencies, 'warehouse'>;

/**
 * Has everything deleted that was read through the integration, and the integration itself. It waits for nothing: no
 * statement reads them any more. @returns when it began
 */
export function purgeIntegration(
  { warehouse }: Warehouse,
  { tenant_id, integration_id, purge_id = thisActivity() }: IntegrationKey & { purge_id?: string },
): Promise<number> {
  return purge(warehouse, { tenant_id, integration_id }, purge_id);
}

/** Waits until the deletions of a purge are done. */
export const finishPurge = ({ warehouse }: Warehouse, purged: Purged): Promise<void> =>
  deleteReadBefore(warehouse, purged, purged.purge_id ?? thisActivity());

/** Deletes what reads that began before a purge have written after it. */
export const sweepLateWrites = ({ warehouse }: Warehouse, purged: Purged): Promise<void> =>
  deleteReadBefore(warehouse, purged, thisActivity());

function deleteReadBefore(warehouse: Dependencies['warehouse'], purged: Purged, id: string): Promise<void> {
  const { tenant_id, integration_id, purged_at: purgedAt } = purged;
  const sleep = (milliseconds: number) => Context.current().sleep(milliseconds);
  return finish(warehouse, { tenant_id, integration_id }, { id, sleep, purgedAt });
}

/** All attempts of an activity have one id. */
function thisActivity(): string {
  const { workflowExecution, activityId } = Context.current().info;
  return `${workflowExecution?.runId}/${activityId}`;
}
