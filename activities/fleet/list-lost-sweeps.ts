import type { Client } from '@temporalio/client';
import type { WorkflowKind } from '#domain/workflow-ids.ts';
import { purgeOfId } from '#workflows/contract/ids.ts';
import type { Purged } from '#workflows/contract/messages.ts';
import { statusOf } from '../connection/running-workflows.ts';
import { listWorkflowIds } from '../context/list-workflow-ids.ts';

const ENDED = ['Canceled', 'Terminated', 'TimedOut'].map((status) => `'${status}'`).join(', ');

/** The purges whose sweep an operator has ended, and that nobody sweeps now or has swept since. */
export async function listLostSweeps(temporal: Client): Promise<Purged[]> {
  const prefix: `${WorkflowKind}/` = 'sweep/';
  const query = `ExecutionStatus IN (${ENDED}) AND WorkflowId STARTS_WITH '${prefix}'`;
  const lost: string[] = [];
  for (const id of await listWorkflowIds(temporal, query)) {
    const latest = await statusOf(temporal, id);
    if (latest !== 'RUNNING' && latest !== 'COMPLETED') lost.push(id);
  }
  return lost.map(purgeOfId);
}
