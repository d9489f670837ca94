import type { ScheduleOptions } from '@temporalio/client';
import type { IntegrationKey } from '#domain/integration.ts';
import { dailySyncId, fairnessKeyOf, RECONCILE_ID, TASK_QUEUE } from './ids.ts';
import type { Workflows } from './workflows.ts';

/** What an integration's daily schedule starts. */
export function startDailySync(integration: IntegrationKey): ScheduleOptions['action'] {
  // The SDK sends the priority; its type of a schedule's action lacks it.
  const action = {
    type: 'startWorkflow' as const,
    workflowType: 'dailySync' satisfies keyof Workflows,
    workflowId: dailySyncId(integration),
    taskQueue: TASK_QUEUE,
    args: [integration],
    priority: { fairnessKey: fairnessKeyOf(integration.tenant_id) },
  };
  return action;
}

/** What the hourly schedule starts. */
export const startReconciliation: ScheduleOptions['action'] = {
  type: 'startWorkflow',
  workflowType: 'reconcileIntegrations' satisfies keyof Workflows,
  workflowId: RECONCILE_ID,
  taskQueue: TASK_QUEUE,
  args: [],
};
