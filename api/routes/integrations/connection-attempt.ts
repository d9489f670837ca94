import {
  isGrpcServiceError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { attemptOf, startAttempt } from '#workflows/contract/commands.ts';
import { type KeyToConnect, validate } from '#workflows/contract/messages.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { toConnectionProblem } from './connection-problem.ts';
import { ACCEPTED_WITHIN_MS, withDeadline } from './deadline.ts';

const GRPC_NOT_FOUND = 5;
/** One update for all polls of an attempt: each new one would count against the workflow's limit. */
const FOLLOW = 'follow';

/**
 * Starts the attempt, or joins the one that is running for this key, and waits for its result.
 * @returns undefined where the result takes longer than the deadline
 * @throws Problem with the reason why the key was not accepted; ServiceError where Temporal does not take the attempt
 */
export async function startAndFollow(
  dependencies: Dependencies,
  key: KeyToConnect,
): Promise<IntegrationKey | undefined> {
  const { temporal } = dependencies;
  await temporal.withDeadline(Date.now() + ACCEPTED_WITHIN_MS, () => startAttempt(temporal, key));
  return followAttempt(dependencies, key);
}

/** Waits for the result of an attempt that was started before. */
export async function followAttempt(
  { temporal }: Dependencies,
  credential: CredentialId,
): Promise<IntegrationKey | undefined> {
  const attempt = attemptOf(temporal, credential);
  const follow = () => attempt.executeUpdate(validate, { updateId: FOLLOW });
  try {
    return await withDeadline(temporal, () => follow().catch(orResult));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new Problem('not_found');
    if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError)
      throw toConnectionProblem(error.cause);
    throw error;
  }

  /** An attempt that ends before it accepts the update never completes it: its own result counts. */
  function orResult(error: unknown): Promise<IntegrationKey> {
    if (error instanceof WorkflowNotFoundError || hasEnded(error)) return attempt.result();
    throw error;
  }
}

/** Of an update, only the gRPC status says that the workflow has ended. */
function hasEnded(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === GRPC_NOT_FOUND;
}
