import { WorkflowNotFoundError } from '@temporalio/client';
import { destroyUnusedCredential } from '../clickhouse/credentials.ts';
import { type IntegrationKey, writeIntegration } from '../clickhouse/integrations.ts';
import { purgeIntegration } from '../clickhouse/purge.ts';
import { syncIdPrefixes } from '../workflows/ids.ts';
import { currentIntegration, type Dependencies } from './dependencies.ts';

/** From here on no sync records anything of the integration, and its key is nobody's. */
export async function markDisconnected(dependencies: Dependencies, key: IntegrationKey): Promise<void> {
  const integration = await currentIntegration(dependencies, key);
  await writeIntegration(dependencies.warehouse, { ...integration, status: 'disconnected', problem: '' });
}

/** Cancels the integration's running syncs and waits until they have ended: after that nothing writes its days. */
export async function stopSyncs({ temporal }: Dependencies, key: IntegrationKey): Promise<void> {
  for (const prefix of syncIdPrefixes(key)) {
    const running = temporal.workflow.list({
      query: `ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${prefix}'`,
    });
    for await (const { workflowId, runId } of running) {
      const handle = temporal.workflow.getHandle(workflowId, runId);
      await handle.cancel().catch(unlessGone);
      await handle.result().catch(() => {}); // however it ends
    }
  }
}

/** Destroys the sealed key at once. */
export async function destroyKey(dependencies: Dependencies, key: IntegrationKey): Promise<void> {
  const { tenant_id, credential_id } = await currentIntegration(dependencies, key);
  await destroyUnusedCredential(dependencies.warehouse, { tenant_id, credential_id });
}

/** Erases everything that was read through the integration, and the integration itself. */
export function purge({ warehouse }: Dependencies, key: IntegrationKey): Promise<void> {
  return purgeIntegration(warehouse, key);
}

function unlessGone(error: unknown) {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
