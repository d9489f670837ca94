import type { Client } from '@temporalio/client';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';

/** Replays every workflow of the namespace: one that is not deterministic fails here, by name. */
export async function replayHistories(client: Client, workflowBundle: WorkflowBundleOption): Promise<void> {
  const histories = client.workflow.list().intoHistories();
  for await (const { error, workflowId } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (error) throw new Error(`${workflowId} does not replay: ${error.message}`, { cause: error });
  }
}
