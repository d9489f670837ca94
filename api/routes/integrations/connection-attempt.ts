import {
  type Client,
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import type { connectIntegration } from '#workflows/connect-integration.ts';
import { connectId, TASK_QUEUE } from '#workflows/contract/ids.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { withDeadline } from './deadline.ts';

const UPDATE = 'validate';
const GRPC_NOT_FOUND = 5;

type Attempt = WorkflowHandle<typeof connectIntegration>;

/**
 * Starts the attempt, or joins the one that is running for this key, and waits for its answer.
 * @returns undefined where the answer takes longer than the deadline
 * @throws Problem with the reason why the key was not accepted
 */
export function startAttempt(
  { temporal }: Dependencies,
  credential: CredentialId,
): Promise<IntegrationKey | undefined> {
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof connectIntegration>('connectIntegration', {
    workflowId: connectId(credential),
    taskQueue: TASK_QUEUE,
    args: [credential],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    staticSummary: `Connect OpenAI for ${credential.tenant_id}`,
  });
  return answerOf(temporal, credential, () =>
    temporal.workflow.executeUpdateWithStart<typeof connectIntegration, IntegrationKey, []>(UPDATE, {
      startWorkflowOperation,
    }),
  );
}

/** Waits for the answer of an attempt that was started before. */
export function followAttempt(
  { temporal }: Dependencies,
  credential: CredentialId,
): Promise<IntegrationKey | undefined> {
  return answerOf(temporal, credential, (attempt) => attempt.executeUpdate<IntegrationKey, []>(UPDATE));
}

async function answerOf(
  temporal: Client,
  credential: CredentialId,
  ask: (attempt: Attempt) => Promise<IntegrationKey>,
): Promise<IntegrationKey | undefined> {
  const attempt: Attempt = temporal.workflow.getHandle(connectId(credential));
  try {
    return await withDeadline(temporal, () => ask(attempt).catch(unlessEnded));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new Problem('not_found');
    if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError)
      throw toProblem(error.cause);
    throw error;
  }

  /** An attempt that ends before it takes the question does not answer it: its result does. */
  function unlessEnded(error: unknown): Promise<IntegrationKey> {
    if (error instanceof WorkflowNotFoundError || isAborted(error)) return attempt.result();
    throw error;
  }
}

/** An update that starts its workflow says by gRPC's status alone that the workflow has ended. */
function isAborted(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === GRPC_NOT_FOUND;
}

const reasons = ['key_rejected', 'scope_missing', 'credential_missing'] as const;

/** Whatever else kept us from hearing that the key is bad is not the key's fault. */
function toProblem(cause: unknown): Problem {
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  return new Problem(reasons.find((reason) => reason === type) ?? 'provider_unavailable');
}
