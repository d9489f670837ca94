import {
  type Client,
  isGrpcServiceError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { type Attempt, attemptOf, connect } from '#workflows/contract/commands.ts';
import { type KeyToConnect, validate } from '#workflows/contract/messages.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { toConnectionProblem } from './connection-problem.ts';
import { withDeadline } from './deadline.ts';

const GRPC_NOT_FOUND = 5;
/** One update for all polls of an attempt: each new one would count against the workflow's limit. */
const FOLLOW = 'follow';

/**
 * Starts the attempt, or joins the one that is running for this key, and waits for its result.
 * @returns undefined where the result takes longer than the deadline
 * @throws Problem with the reason why the key was not accepted
 */
export function startAttempt({ temporal }: Dependencies, key: KeyToConnect): Promise<IntegrationKey | undefined> {
  return resultOf(temporal, key, () => connect(temporal, key));
}

/** Waits for the result of an attempt that was started before. */
export function followAttempt(
  { temporal }: Dependencies,
  credential: CredentialId,
): Promise<IntegrationKey | undefined> {
  return resultOf(temporal, credential, (attempt) => attempt.executeUpdate(validate, { updateId: FOLLOW }));
}

async function resultOf(
  temporal: Client,
  credential: CredentialId,
  wait: (attempt: Attempt) => Promise<IntegrationKey>,
): Promise<IntegrationKey | undefined> {
  const attempt = attemptOf(temporal, credential);
  try {
    return await withDeadline(temporal, () => wait(attempt).catch(orResult));
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

/** For an update-with-start, only the gRPC status says that the workflow has ended. */
function hasEnded(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === GRPC_NOT_FOUND;
}
