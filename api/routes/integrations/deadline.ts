import { type Client, isGrpcDeadlineError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';

/**
 * How long Temporal may take to accept what is to be done: longer than a busy one does. A server that is away would
 * otherwise look like a slow one.
 */
export const ACCEPTED_WITHIN_MS = 10_000;
/** How long a caller waits for a workflow before the response refers to a status URL. */
const DEADLINE_MS = 15_000;

/** The result of calls to Temporal, or undefined if they take longer than the deadline. */
export async function withDeadline<T>(temporal: Client, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await temporal.withDeadline(Date.now() + DEADLINE_MS, call);
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return undefined;
    if (isGrpcDeadlineError(error)) return undefined;
    throw error;
  }
}
