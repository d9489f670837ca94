import { CancellationScope, condition, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { activateKey } from './activate-key.ts';
import { activate, disconnect } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';
import { disconnectIntegration } from './disconnect-integration.ts';

/**
 * Activates keys of an integration and disconnects it, one change after the other in the order of the requests. Only
 * this workflow records an integration, creates or deletes its schedule, starts its backfill, and deletes its active
 * key; and of one workflow id, Temporal runs one at a time. So a change never meets half of another one:
 *
 * - A key that is sent during a disconnect waits for its end, and connects the integration again.
 * - A disconnect during a connect finds all that the connect has made, and stops its backfill.
 * - Two disconnects, one of which purges, leave nothing, in either order: only what is there is disconnected.
 * - Of two keys, the later one stops the backfill of the earlier one and deletes that key. The same key again leaves
 *   its running backfill alone.
 * - Keys are stored outside of this order. So an activation first looks for its key: where a disconnect or another key
 *   has deleted it, the attempt is told so.
 * - Syncs run outside of it, too. They record their outcome only where the key that they read with is still active,
 *   and write days only where the integration is connected. A disconnect waits for their end before it purges.
 *
 * A request is a signal, so it is durable once sent. Cancelling has no effect: it would leave half a change behind.
 */
export async function changeIntegration(integration: IntegrationKey): Promise<void> {
  const changes: (() => Promise<void>)[] = [];
  setHandler(activate, (activation) => void changes.push(() => activateKey(integration, activation)));
  setHandler(disconnect, (disconnection) => void changes.push(() => disconnectIntegration(integration, disconnection)));
  upsertSearchAttributes([{ key: tenantId, value: integration.tenant_id }]);
  await CancellationScope.nonCancellable(async () => {
    await condition(() => changes.length > 0);
    for (let change = changes.shift(); change; change = changes.shift()) await change();
  });
}
