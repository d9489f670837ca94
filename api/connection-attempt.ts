import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import type { CredentialId } from '../clickhouse/sealing.ts';
import type { connectIntegration } from '../workflows/connect-integration.ts';
import { connectId, TASK_QUEUE } from '../workflows/ids.ts';
import type { Dependencies } from './dependencies.ts';
import { Problem } from './problem.ts';
import { within } from './within.ts';

const UPDATE = 'validate';

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
  return answerOf(temporal, () =>
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
  const handle = temporal.workflow.getHandle<typeof connectIntegration>(connectId(credential));
  return answerOf(temporal, async () => {
    const { status } = await handle.describe();
    // An attempt that has ended takes no more updates: its result is the answer.
    if (status.name !== 'RUNNING') return handle.result();
    return handle.executeUpdate<IntegrationKey, []>(UPDATE);
  });
}

async function answerOf(temporal: Client, ask: () => Promise<IntegrationKey>): Promise<IntegrationKey | undefined> {
  try {
    return await within(temporal, ask);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new Problem('not_found');
    if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError)
      throw toProblem(error.cause);
    throw error;
  }
}

const reasons = ['key_rejected', 'scope_missing', 'credential_missing'] as const;

/** Whatever else kept us from hearing that the key is bad is not the key's fault. */
function toProblem(cause: unknown): Problem {
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  return new Problem(reasons.find((reason) => reason === type) ?? 'provider_unavailable');
}
