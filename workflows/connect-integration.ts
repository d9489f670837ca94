import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  ChildWorkflowFailure,
  condition,
  executeChild,
  ParentClosePolicy,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import { ensureDailySync, forgetCredential, recordIntegration, validateKey } from './activities.ts';
import { backfill } from './backfill.ts';
import { backfillId } from './ids.ts';
import { type ConnectInput, validate } from './messages.ts';
import { integrationStatus, tenantId } from './search-attributes.ts';

/**
 * Connects an organization: checks the key, records the integration, makes the daily schedule, and walks the year.
 * Whoever started it learns the organization or the exact reason from the update `validate`; the rest goes on.
 */
export async function connectIntegration(credential: ConnectInput): Promise<IntegrationKey> {
  let integration: IntegrationKey | undefined;
  let rejection: ApplicationFailure | undefined;
  setHandler(validate, async () => {
    await condition(() => integration !== undefined || rejection !== undefined);
    if (integration) return integration;
    throw rejection ?? ApplicationFailure.nonRetryable('The attempt ended without an answer.');
  });
  upsertSearchAttributes([{ key: tenantId, value: credential.tenant_id }]);

  try {
    const organization = await validateKey(credential);
    const today = workflowInfo().startTime.toISOString().slice(0, 10);
    setCurrentDetails(`Key accepted for **${organization.name || organization.id}**`);
    integration = await recordIntegration({ ...credential, organization, today });
  } catch (error) {
    rejection =
      failureOf(error) ?? ApplicationFailure.nonRetryable('OpenAI did not answer in time.', 'provider_unavailable');
    await forgetCredential(credential);
    await condition(allHandlersFinished);
    throw rejection;
  }

  upsertSearchAttributes([{ key: integrationStatus, value: 'backfilling' }]);
  await ensureDailySync(integration);
  try {
    await executeChild(backfill, {
      workflowId: backfillId(integration, credential),
      args: [integration],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    });
  } catch (error) {
    // Days that are missing are said by the backfill's own failure, and read by the next daily sync.
    if (failureOf(error)?.type !== 'days_missing') throw error;
  } finally {
    await condition(allHandlersFinished);
  }
  upsertSearchAttributes([{ key: integrationStatus, value: 'connected' }]);
  return integration;
}

/** What an activity or a child failed with: its type is the reason. */
function failureOf(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  const failure = cause instanceof ActivityFailure ? cause.cause : cause;
  return failure instanceof ApplicationFailure ? failure : undefined;
}
