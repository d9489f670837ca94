import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { forgetCredential, requestAdmission, validateKey } from './activity-proxies.ts';
import { type ConnectInput, decide, validate } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';

/** A request whose run was terminated is made again. */
const ASK_AGAIN_AFTER = '10 minutes';

/**
 * An attempt to connect an organization: checks the key, and has it admitted when it is its integration's turn.
 * Whoever started it learns the organization or the exact reason from the update `validate`.
 */
export async function connectIntegration(credential: ConnectInput): Promise<IntegrationKey> {
  let decision: IntegrationKey | null | undefined;
  let rejection: ApplicationFailure | undefined;
  setHandler(decide, (decided) => {
    decision = decided;
  });
  setHandler(validate, async () => {
    await condition(() => Boolean(decision) || rejection !== undefined);
    if (decision) return decision;
    throw rejection ?? ApplicationFailure.nonRetryable('The attempt ended without an answer.');
  });
  upsertSearchAttributes([{ key: tenantId, value: credential.tenant_id }]);

  try {
    const organization = await validateKey(credential);
    setCurrentDetails(`Key accepted for **${organization.name || organization.id}**`);
    const { startTime, runId } = workflowInfo();
    const today = dayAt(startTime.getTime());
    do await requestAdmission({ ...credential, organization, today, attempt_run_id: runId });
    while (!(await condition(() => decision !== undefined, ASK_AGAIN_AFTER)));
    if (!decision) throw ApplicationFailure.nonRetryable('The key was destroyed meanwhile.', 'credential_missing');
  } catch (error) {
    // First this: a key that is sent again once the answer is there is another attempt's, and stays.
    await forgetCredential(credential);
    rejection =
      failureOf(error) ?? ApplicationFailure.nonRetryable('OpenAI did not answer in time.', 'provider_unavailable');
    await condition(allHandlersFinished);
    throw rejection;
  }
  await condition(allHandlersFinished);
  return decision;
}

/** What an activity failed with: its type is the reason. */
function failureOf(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? cause : undefined;
}
