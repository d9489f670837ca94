import {
  ApplicationFailure,
  CancellationScope,
  condition,
  patched,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { activateKey } from './activate-key.ts';
import { activate, disconnect, repair } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';
import { disconnectIntegration } from './disconnect-integration.ts';
import { checkIntegration } from './input/check-input.ts';
import { repairIntegration } from './repair-integration.ts';

const FIRST_WITHIN = '1 minute';

/**
 * Runs all changes of an integration one after the other, in the order of the requests: no change ever meets half of
 * another one. Cancelling has no effect. See docs/adr/0004-one-workflow-id-for-changes.md.
 */
export async function changeIntegration(integration: IntegrationKey): Promise<void> {
  checkIntegration(integration);
  const changes: (() => Promise<void>)[] = [];
  setHandler(activate, (activation) => void changes.push(() => activateKey(integration, activation)));
  setHandler(disconnect, (disconnection) => void changes.push(() => disconnectIntegration(integration, disconnection)));
  setHandler(repair, (lack) => void changes.push(() => repairIntegration(integration, lack)));
  upsertSearchAttributes([{ key: tenantId, value: integration.tenant_id }]);
  await CancellationScope.nonCancellable(async () => {
    // Requests come with the start; one that was started by hand waits for its first.
    if (changes.length === 0 && patched('idle')) await condition(() => changes.length > 0, FIRST_WITHIN);
    else await condition(() => changes.length > 0);
    if (changes.length === 0) throw ApplicationFailure.nonRetryable('No change was requested.', 'invalid_input');
    let failure: unknown;
    for (let change = changes.shift(); change; change = changes.shift()) {
      await change().catch((error: unknown) => {
        failure ??= error; // the changes behind it still run
      });
    }
    if (failure) throw failure;
  });
}
