import { ParentClosePolicy, setCurrentDetails, startChild, upsertSearchAttributes } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { deleteDailySchedule, findLost, repairDailySchedule } from './activities/activity-proxies.ts';
import { backfill } from './backfill.ts';
import { backfillId } from './contract/ids.ts';
import type { Repair } from './contract/messages.ts';
import { integrationStatus } from './contract/search-attributes.ts';
import { checkInput } from './input/check-input.ts';

/** Makes what an integration should have be there: its schedule with today's settings, and a backfill where it lacks one. */
export async function repairIntegration(integration: IntegrationKey, lack: Repair): Promise<void> {
  checkInput(lack, ['because']);
  const { status, backfill_with } = await findLost(integration);
  const isMissing = status === 'missing';
  // The warehouse may lack it until its backup is restored: recorded as a purge, that would purge it then.
  upsertSearchAttributes([{ key: integrationStatus, value: isMissing && lack.was_purged ? 'purged' : status }]);
  if (isMissing || status === 'disconnected') {
    await deleteDailySchedule(integration);
    setCurrentDetails('Repaired: the schedule of an integration that is gone was deleted');
    return;
  }
  await repairDailySchedule(integration);
  if (backfill_with) {
    await startChild(backfill, {
      workflowId: backfillId(integration, { tenant_id: integration.tenant_id, credential_id: backfill_with }),
      args: [integration],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  }
  setCurrentDetails(backfill_with ? 'Repaired: schedule and backfill' : 'Repaired: schedule');
}
