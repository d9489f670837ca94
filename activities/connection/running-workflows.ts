import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

/**
 * Cancels the workflows that are running, and throws `still_running` until none is. It does not wait: they may need
 * this activity's slot.
 */
export async function stopWorkflows(temporal: Client, ids: readonly string[]): Promise<void> {
  const running: string[] = [];
  for (const id of ids) {
    if (!(await isRunning(temporal, id))) continue;
    running.push(id);
    await temporal.workflow.getHandle(id).cancel().catch(ignoreNotFound);
  }
  if (running.length === 0) return;
  throw ApplicationFailure.create({
    type: 'still_running',
    message: `Cancelled and still running: ${running.join(', ')}`,
    category: ApplicationFailureCategory.BENIGN, // an expected wait is not an alarm
  });
}

/** Whether the workflow runs, by its id: Temporal's list lags. */
export async function isRunning(temporal: Client, workflowId: string): Promise<boolean> {
  return (await statusOf(temporal, workflowId)) === 'RUNNING';
}

/** The status of a workflow's newest run; undefined where Temporal knows none, or none any more. */
export async function statusOf(temporal: Client, workflowId: string): Promise<string | undefined> {
  const description = await temporal.workflow.getHandle(workflowId).describe().catch(ignoreNotFound);
  return description?.status.name;
}

function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
