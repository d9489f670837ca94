import {
  type Client,
  isGrpcDeadlineError,
  WorkflowFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { Problem } from '../../problem/problem.ts';

/**
 * How long Temporal may take to accept what is to be done: longer than a busy one does. A server that is away would
 * otherwise look like a slow one.
 */
export const ACCEPTED_WITHIN_MS = 10_000;
/** How long a caller waits for a workflow before the response refers to a status URL. */
const DEADLINE_MS = 15_000;

/**
 * The result of a workflow that is started or signalled, or undefined if it takes longer than the deadline. A Temporal that
 * does not accept it in time is away.
 * @throws Problem where an operator has ended it, or one of its steps failed for good
 */
export async function startAndWait<T>(
  temporal: Client,
  start: () => Promise<{ result: () => Promise<T> }>,
): Promise<{ result: T } | undefined> {
  const started = await temporal.withDeadline(Date.now() + ACCEPTED_WITHIN_MS, start);
  return withDeadline(temporal, async () => ({ result: await started.result() })).catch(orInterrupted);
}

function orInterrupted(error: unknown): never {
  throw error instanceof WorkflowFailedError ? new Problem('change_interrupted') : error;
}

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
