import {
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
import { thrownBy } from './activities/activity-failure.ts';
import { deleteKey, requestActivation, validateKey } from './activities/activity-proxies.ts';
import { type KeyToConnect, resolveAttempt, validate } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';
import { checkInput } from './input/check-input.ts';

/** How long to wait before requesting again: a terminated run of `changeIntegration` loses its requests. */
const REQUEST_AGAIN_AFTER = '10 minutes';

/**
 * An attempt to connect an organization: checks the key and has it activated. The update `validate` tells the caller
 * the integration, or the exact reason why there is none.
 */
export async function connectIntegration(key: KeyToConnect): Promise<IntegrationKey> {
  checkInput(key, ['tenant_id', 'credential_id']);
  const { integration_id, ...credential } = key;
  let resolution: IntegrationKey | null | undefined;
  let rejection: ApplicationFailure | undefined;
  setHandler(resolveAttempt, (integration) => {
    resolution = integration;
  });
  setHandler(validate, async () => {
    await condition(() => Boolean(resolution) || rejection !== undefined);
    if (resolution) return resolution;
    throw rejection ?? ApplicationFailure.nonRetryable('The attempt ended without a result. Send the key again.');
  });
  upsertSearchAttributes([{ key: tenantId, value: credential.tenant_id }]);

  try {
    const organization = await validateKey(credential);
    setCurrentDetails(`Key accepted for **${organization.name || organization.id}**`);
    const { startTime, runId } = workflowInfo();
    const activation = {
      ...credential,
      integration_id,
      organization,
      today: dayAt(startTime.getTime()),
      attempt_run_id: runId,
    };
    let isResolved = false;
    while (!isResolved) {
      await requestActivation(activation);
      isResolved = await condition(() => resolution !== undefined, REQUEST_AGAIN_AFTER);
    }
    if (!resolution) {
      throw ApplicationFailure.nonRetryable('The key was deleted before it was active.', 'credential_missing');
    }
  } catch (error) {
    // Deleted before the caller learns of the rejection: a key sent again afterwards belongs to a new attempt and must
    // stay.
    await deleteKey(credential);
    rejection =
      thrownBy(error) ??
      ApplicationFailure.nonRetryable('The provider did not respond in time.', 'provider_unavailable');
    await condition(allHandlersFinished);
    throw rejection;
  }
  await condition(allHandlersFinished);
  return resolution;
}
