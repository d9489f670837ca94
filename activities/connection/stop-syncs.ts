import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { backfillId, syncIdPrefixes } from '#workflows/contract/ids.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { listWorkflowIds } from '../context/list-workflow-ids.ts';
import { stopWorkflows } from './running-workflows.ts';

/** Cancels every workflow that reads the integration's days, and fails until all have ended: then nothing writes. */
export async function stopSyncs({ warehouse, temporal }: Dependencies, key: IntegrationKey): Promise<void> {
  const integration = await readIntegration(warehouse, key);
  const ids = new Set<string>();
  // Temporal's list lags, so the backfill that may just have started is stopped by its id.
  if (integration) ids.add(backfillId(key, integration));
  for (const prefix of syncIdPrefixes(key)) {
    const query = `ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${prefix}'`;
    for (const id of await listWorkflowIds(temporal, query)) ids.add(id);
  }
  await stopWorkflows(temporal, [...ids]);
}
