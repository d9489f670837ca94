import { type Client, isGrpcDeadlineError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';

/** How long a caller waits for a workflow before a status URL has to do. */
const DEADLINE_MS = 15_000;

/** @returns undefined where the answer takes longer than the deadline */
export async function within<T>(temporal: Client, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await temporal.withDeadline(Date.now() + DEADLINE_MS, ask);
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return undefined;
    if (isGrpcDeadlineError(error)) return undefined;
    throw error;
  }
}
