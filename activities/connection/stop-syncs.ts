import { WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { readCredential } from '#clickhouse/integrations/credentials.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { backfillId, syncIdPrefixes } from '#workflows/contract/ids.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** Whether the integration's days are being filled with this key, and so need no other backfill. */
export async function isBackfilling(
  { warehouse, temporal }: Dependencies,
  { credential_id, ...key }: IntegrationKey & CredentialId,
): Promise<boolean> {
  const integration = await readIntegration(warehouse, key);
  if (integration?.credential_id !== credential_id) return false;
  if (integration.status !== 'backfilling' && integration.status !== 'connected') return false;
  return isRunning(temporal, backfillId(key, integration));
}

/**
 * Makes way for a new key: cancels the backfill that is running with the recorded one, and fails until it has ended.
 * @param credential_id the new key's: destroyed since it was checked, it takes over nothing, so nothing is stopped
 * @returns the recorded key's credential, null where nothing was to stop
 */
export async function stopBackfill(
  { warehouse, temporal }: Dependencies,
  { credential_id, ...key }: IntegrationKey & CredentialId,
): Promise<CredentialId | null> {
  const integration = await readIntegration(warehouse, key);
  if (!integration || !(await readCredential(warehouse, { tenant_id: key.tenant_id, credential_id }))) return null;
  await stop(temporal, [backfillId(key, integration)]);
  return { tenant_id: key.tenant_id, credential_id: integration.credential_id };
}

/** Cancels everything that reads the integration's days, and fails until all of it has ended: nothing writes then. */
export async function stopSyncs({ warehouse, temporal }: Dependencies, key: IntegrationKey): Promise<void> {
  const integration = await readIntegration(warehouse, key);
  const ids = new Set<string>();
  // The list lags a little: the one that may have begun just now is asked for by its name.
  if (integration) ids.add(backfillId(key, integration));
  for (const prefix of syncIdPrefixes(key)) {
    const query = `ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${prefix}'`;
    for await (const { workflowId } of temporal.workflow.list({ query })) ids.add(workflowId);
  }
  await stop(temporal, [...ids]);
}

/** Asks instead of waiting: what is waited for needs a worker's slots to end, so none must be held meanwhile. */
async function stop(temporal: Dependencies['temporal'], ids: readonly string[]): Promise<void> {
  const running: string[] = [];
  for (const id of ids) {
    if (!(await isRunning(temporal, id))) continue;
    running.push(id);
    await temporal.workflow.getHandle(id).cancel().catch(unlessGone);
  }
  if (running.length === 0) return;
  throw ApplicationFailure.create({
    type: 'still_running',
    message: `Waits for the end of ${running.join(', ')}`,
    category: ApplicationFailureCategory.BENIGN, // an expected wait is not an alarm
  });
}

/** Asked for by its name: Temporal's list of what runs lags. */
export async function isRunning(temporal: Dependencies['temporal'], workflowId: string): Promise<boolean> {
  const described = await temporal.workflow.getHandle(workflowId).describe().catch(unlessGone);
  return described?.status.name === 'RUNNING';
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
