import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  type WorkflowOptions,
} from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { fairnessKeyOf, TASK_QUEUE } from './ids.ts';
import type { Workflows } from './workflows.ts';

type Options = Pick<
  WorkflowOptions,
  'workflowId' | 'workflowIdReusePolicy' | 'workflowIdConflictPolicy' | 'memo' | 'staticSummary'
>;

/** Starts a workflow; one of a tenant gets that tenant's fair share of the workers. It is durable once this resolves. */
export function start<Name extends keyof Workflows>(
  temporal: Client,
  name: Name,
  input: Parameters<Workflows[Name]>[0],
  options: Options,
): Promise<WorkflowHandle<Workflows[Name]>> {
  return temporal.workflow.start<Workflow>(name, {
    ...options,
    taskQueue: TASK_QUEUE,
    args: input ? [input] : [],
    ...(input && { priority: { fairnessKey: fairnessKeyOf(input.tenant_id) } }),
  });
}

/** Does nothing where the id was used already: Temporal refuses it for as long as it retains the workflow. */
export async function startOnce<Name extends keyof Workflows>(
  temporal: Client,
  name: Name,
  input: Parameters<Workflows[Name]>[0],
  options: Options & Required<Pick<Options, 'workflowIdReusePolicy'>>,
): Promise<void> {
  try {
    await start(temporal, name, input, options);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
