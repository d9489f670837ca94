import type { Client } from '@temporalio/client';
import { readRaised } from '#clickhouse/alerts/known-alerts.ts';
import { DAY_MS } from '#domain/day.ts';
import { raiseAlert } from '#workflows/contract/commands.ts';
import { alertOfId } from '#workflows/contract/ids.ts';
import type { Workflows } from '#workflows/contract/workflows.ts';
import { statusOf } from '../connection/running-workflows.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { listWorkflowIds } from '../context/list-workflow-ids.ts';

/**
 * Goes on with the alerts of the last day that were recorded, and whose workflows an operator has terminated: nothing else
 * would deliver them. One that was cancelled stays so.
 */
export async function raiseEnded({ warehouse, temporal }: Pick<Dependencies, 'warehouse' | 'temporal'>): Promise<void> {
  for (const id of await listEnded(temporal)) {
    // Its newest run decides: one that was taken up, and then cancelled, was terminated, too.
    if ((await statusOf(temporal, id)) !== 'TERMINATED') continue;
    const { tenant_id, alert_id } = alertOfId(id);
    const subject = await readRaised(warehouse, tenant_id, alert_id);
    if (subject) await raiseAlert(temporal, { tenant_id, was_ended: true, ...subject });
  }
}

function listEnded(temporal: Client): Promise<Set<string>> {
  const type = 'raiseAlert' satisfies keyof Workflows;
  const since = new Date(Date.now() - DAY_MS).toISOString();
  const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Terminated' AND CloseTime > '${since}'`;
  return listWorkflowIds(temporal, query);
}
