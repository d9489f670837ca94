import {
  ApplicationFailure,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  setCurrentDetails,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import {
  ensureDailySync,
  forgetCredential,
  isBackfilling,
  recordIntegration,
  stopBackfill,
} from './activity-proxies.ts';
import { backfill } from './backfill.ts';
import { backfillId, connectId } from './contract/ids.ts';
import { type Admission, decide } from './contract/messages.ts';
import { integrationStatus } from './contract/search-attributes.ts';

/** Makes a checked key its integration's: records it, makes the daily schedule, and starts to walk the year. */
export async function admitKey(integration: IntegrationKey, admission: Admission): Promise<void> {
  const { attempt_run_id, organization, today, ...credential } = admission;
  const key = { ...integration, ...credential };
  const admitted = (await isBackfilling(key)) || (await connect());
  if (admitted) setCurrentDetails(`Connected **${organization.name || organization.id}**`);
  await getExternalWorkflowHandle(connectId(credential), attempt_run_id)
    .signal(decide, admitted ? integration : null)
    .catch(unlessEnded);

  async function connect(): Promise<boolean> {
    const before = await stopBackfill(key);
    if (!(await recordIntegration({ ...key, organization, today }))) return false;
    upsertSearchAttributes([{ key: integrationStatus, value: 'backfilling' }]);
    if (before && before.credential_id !== credential.credential_id) await forgetCredential(before);
    await ensureDailySync(integration);
    await startChild(backfill, {
      workflowId: backfillId(integration, credential),
      args: [integration],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
    return true;
  }
}

/** An attempt that asked twice has had its answer. */
function unlessEnded(error: unknown) {
  if (!(error instanceof ApplicationFailure && error.type === 'ExternalWorkflowExecutionNotFound')) throw error;
}
