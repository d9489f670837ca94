import {
  ApplicationFailure,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  setCurrentDetails,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import {
  deleteKey,
  ensureDailySchedule,
  isBackfilling,
  recordIntegration,
  stopBackfill,
} from './activities/activity-proxies.ts';
import { backfill } from './backfill.ts';
import { backfillId, connectId } from './contract/ids.ts';
import { type Activation, resolveAttempt } from './contract/messages.ts';
import { integrationStatus } from './contract/search-attributes.ts';
import { checkInput } from './input/check-input.ts';

/** Makes a checked key the active key of its integration, and tells the attempt that sent it. */
export async function activateKey(integration: IntegrationKey, activation: Activation): Promise<void> {
  checkInput(activation, ['tenant_id', 'credential_id', 'organization', 'today', 'attempt_run_id']);
  const { tenant_id, credential_id, organization, attempt_run_id } = activation;
  const credential = { tenant_id, credential_id };
  const isActive =
    (await isBackfilling({ ...integration, credential_id })) || (await replaceKey(integration, activation));
  if (isActive) setCurrentDetails(`Connected **${organization.name || organization.id}**`);
  await getExternalWorkflowHandle(connectId(credential), attempt_run_id)
    .signal(resolveAttempt, isActive ? integration : null)
    .catch(orAttemptEnded);
}

/**
 * Stops the backfill of the key before, records the new key, ensures the daily schedule, and starts a backfill.
 * @returns false, having changed nothing, where the new key was deleted since it was checked
 */
async function replaceKey(
  integration: IntegrationKey,
  { tenant_id, credential_id, organization, today }: Activation,
): Promise<boolean> {
  const credential: CredentialId = { tenant_id, credential_id };
  const key = { ...integration, credential_id };
  const previous = await stopBackfill(key);
  if (!(await recordIntegration({ ...key, organization, today }))) return false;
  upsertSearchAttributes([{ key: integrationStatus, value: 'backfilling' }]);
  if (previous && previous.credential_id !== credential_id) await deleteKey(previous);
  await ensureDailySchedule(integration);
  await startChild(backfill, {
    workflowId: backfillId(integration, credential),
    args: [integration],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
  return true;
}

/** An attempt that requested activation twice was resolved by the first, and may have ended. */
function orAttemptEnded(error: unknown) {
  if (!(error instanceof ApplicationFailure && error.type === 'ExternalWorkflowExecutionNotFound')) throw error;
}
