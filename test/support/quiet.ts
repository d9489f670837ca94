import type { Client, WorkflowClientInterceptor } from '@temporalio/client';
import { isRunning } from '#activities/connection/running-workflows.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { listIntegrations } from '#clickhouse/integrations/integrations.ts';
import { backfillId, changeId } from '#workflows/contract/ids.ts';

/** Notes the id of whatever clients start: Temporal's list of what runs lags behind what was started. */
export function noteStarts(): { started: Set<string>; interceptor: WorkflowClientInterceptor } {
  const started = new Set<string>();
  const interceptor: WorkflowClientInterceptor = {
    startWithDetails(input, next) {
      started.add(input.options.workflowId);
      return next(input);
    },
    signalWithStart(input, next) {
      started.add(input.options.workflowId);
      return next(input);
    },
    startUpdateWithStart(input, next) {
      started.add(input.workflowStartOptions.workflowId);
      return next(input);
    },
  };
  return { started, interceptor };
}

/**
 * A tenant's running workflows. Those that its requests and a worker of this process started are looked up by id, in the
 * order in which one starts the other; the list, which lags, adds those that a schedule started.
 */
export async function runningWorkflows(
  temporal: Client,
  { warehouse, tenantId, started }: { warehouse: Warehouse; tenantId: string; started: ReadonlySet<string> },
): Promise<string[]> {
  const running: string[] = [];
  // A sweep waits for longer than a test does.
  const isOwn = (workflowId: string) => workflowId.split('/')[1] === tenantId && !workflowId.startsWith('sweep/');
  const look = async (workflowId: string) => {
    if (await isRunning(temporal, workflowId)) running.push(workflowId);
  };
  for (const workflowId of started) if (isOwn(workflowId)) await look(workflowId);
  for (const integration of await listIntegrations(warehouse, tenantId)) {
    await look(changeId(integration));
    await look(backfillId(integration, integration));
  }
  for await (const { workflowId } of temporal.workflow.list({ query: `ExecutionStatus = 'Running'` })) {
    if (isOwn(workflowId)) running.push(workflowId);
  }
  return running;
}
