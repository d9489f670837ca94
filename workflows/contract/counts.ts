import type { Client } from '@temporalio/client';
import type { WorkflowKind } from '#domain/workflow-ids.ts';
import type { Workflows } from './workflows.ts';

/** How many syncs of ranges a tenant has running, as Temporal lists them: what began a second ago may be missing. */
export async function countRangeSyncs(temporal: Client, tenantId: string): Promise<number> {
  const prefix = JSON.stringify(`${'sync' satisfies WorkflowKind}/${tenantId}/`);
  const { count } = await temporal.workflow.count(`ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH ${prefix}`);
  return count;
}

/** How many comparisons of all integrations with Temporal have ended well after a time. */
export async function countReconciliationsSince(temporal: Client, time: Date): Promise<number> {
  const isDone = `ExecutionStatus = 'Completed' AND CloseTime > '${time.toISOString()}'`;
  const name = 'reconcileIntegrations' satisfies keyof Workflows;
  const { count } = await temporal.workflow.count(`WorkflowType = '${name}' AND ${isDone}`);
  return count;
}

const HALF_AN_HOUR_MS = 30 * 60_000;

/** How many changes of integrations have run for half an hour, and purges for two: each ends sooner, unless it cannot. */
export async function countStuckChanges(temporal: Client, now: Date): Promise<number> {
  const isStuck = (name: keyof Workflows, halfHours: number) =>
    `WorkflowType = '${name}' AND StartTime < '${new Date(now.getTime() - halfHours * HALF_AN_HOUR_MS).toISOString()}'`;
  const { count } = await temporal.workflow.count(
    `ExecutionStatus = 'Running' AND ((${isStuck('changeIntegration', 1)}) OR (${isStuck('sweepPurged', 4)}))`,
  );
  return count;
}
