import { isGrpcServiceError, type WorkflowClient } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';

const GRPC_NOT_FOUND = 5;

type Execution = { workflowId: string; runId: string };

/** The histories of listed workflows. Temporal's list still has a deleted one for a while: its history is gone. */
export async function* historiesOf(
  workflow: Pick<WorkflowClient, 'getHandle'>,
  executions: AsyncIterable<Execution>,
): AsyncGenerator<{ workflowId: string; history: History }> {
  for await (const { workflowId, runId } of executions) {
    const history = await workflow.getHandle(workflowId, runId).fetchHistory().catch(ignoreNotFound);
    if (history) yield { workflowId, history };
  }
}

function ignoreNotFound(error: unknown): undefined {
  if (!isGrpcServiceError(error) || error.code !== GRPC_NOT_FOUND) throw error;
}
