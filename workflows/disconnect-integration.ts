import {
  log,
  ParentClosePolicy,
  setCurrentDetails,
  startChild,
  upsertSearchAttributes,
  uuid4,
} from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import {
  deleteDailySchedule,
  deleteKey,
  markDisconnected,
  purgeIntegration,
  stopSyncs,
} from './activities/activity-proxies.ts';
import { sweepId } from './contract/ids.ts';
import type { Disconnection } from './contract/messages.ts';
import { integrationStatus } from './contract/search-attributes.ts';
import { checkInput } from './input/check-input.ts';
import { sweepPurged } from './sweep-purged.ts';

/**
 * Disconnects an organization: deletes its key and its schedule, stops its syncs, and with `purge` deletes its data.
 * Each step may be retried. Connecting the organization again restores all but the data.
 */
export async function disconnectIntegration(integration: IntegrationKey, disconnection: Disconnection): Promise<void> {
  checkInput(disconnection, ['purge']);
  const { purge } = disconnection;
  upsertSearchAttributes([{ key: integrationStatus, value: 'disconnected' }]);
  const credential = await markDisconnected(integration);
  // Before the slow steps: the same key may be sent again during them, and that copy must stay.
  if (credential) await deleteKey(credential);
  await deleteDailySchedule(integration);
  await stopSyncs(integration);
  // Again: a sync may have recorded its outcome at the same instant as the first call. No sync runs now.
  await markDisconnected(integration);
  if (purge) {
    await purgeForGood(integration);
    // After a restore of the warehouse from a backup, this tells that the integration must not come back.
    upsertSearchAttributes([{ key: integrationStatus, value: 'purged' }]);
  }
  // Where Temporal is lost, logs alone tell who must not come back with a backup of the warehouse.
  log.info(purge ? 'An integration was purged' : 'An integration was disconnected');
  setCurrentDetails(purge ? 'Disconnected, data purged' : 'Disconnected, data kept');
}

/**
 * Nothing reads the data any more once their deletion is filed. A workflow of its own waits until they are gone, and sweeps
 * what is written late: the next change of the integration waits for neither.
 */
async function purgeForGood(integration: IntegrationKey) {
  const purge_id = uuid4();
  const purged_at = await purgeIntegration({ ...integration, purge_id });
  await startChild(sweepPurged, {
    workflowId: sweepId(integration, purged_at),
    args: [{ ...integration, purged_at, purge_id }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
}
