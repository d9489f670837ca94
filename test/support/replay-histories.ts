import type { Client } from '@temporalio/client';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { historiesOf } from '#worker/histories-of.ts';

/** Replays every workflow of the namespace: one that is not deterministic fails here, by name. */
export async function replayHistories(client: Client, workflowBundle: WorkflowBundleOption): Promise<void> {
  const histories = historiesOf(client.workflow, client.workflow.list());
  for await (const { error, workflowId } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (error) throw new Error(`${workflowId} does not replay: ${error.message}`, { cause: error });
  }
}
