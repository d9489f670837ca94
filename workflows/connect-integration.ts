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
    upsertSearchAttributes([{ key: integrationStatus, value: 'connected' }]);
  } catch (error) {
    // That is the backfill's own to say: the key was accepted, and this attempt's answer is the integration.
    if (!(error instanceof ChildWorkflowFailure)) throw error;
  }
  await condition(allHandlersFinished);
  return integration;
}

/** What an activity failed with: its type is the reason. */
function failureOf(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? cause : undefined;
}
