import { CancellationScope, condition, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { admitKey } from './activate-key.ts';
import { admit, disconnect } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';
import { disconnectIntegration } from './disconnect-integration.ts';

/**
 * Connects and disconnects an integration, one after the other in the order in which they were asked for. That there
 * is one run of this workflow's id at a time is what decides: nothing else records an integration, makes or deletes its
 * schedule, starts its backfill, or destroys its key. So of any two changes, one has ended before the other begins:
 *
 * - A key that is connected during a disconnect waits for its end, then connects what is there, or anew.
 * - A disconnect during a connect finds everything that the connect made, and the backfill that it has to stop.
 * - Two disconnects, one of which purges, leave nothing, in whichever order: what is not there is not disconnected.
 * - Two keys: the later one stops the backfill of the earlier one and destroys that key. The same key again leaves a
 *   backfill that is running with it alone.
 * - What happens outside of turns is storing a key, which its own turn looks for: it is refused where a disconnect or
 *   another key destroyed it in between. And syncs, which record how they ended only where they read with the key
 *   that is still recorded, and write days only where it is connected. A disconnect waits for their end before it
 *   erases, and whoever destroys a key has recorded before that it is not in use.
 *
 * A request is a signal, so that it is durable once it is sent. Cancelling has no effect: half a change helps nobody.
 */
export async function changeIntegration(integration: IntegrationKey): Promise<void> {
  const requests: (() => Promise<void>)[] = [];
  setHandler(admit, (admission) => void requests.push(() => admitKey(integration, admission)));
  setHandler(disconnect, (request) => void requests.push(() => disconnectIntegration(integration, request)));
  upsertSearchAttributes([{ key: tenantId, value: integration.tenant_id }]);
  await CancellationScope.nonCancellable(async () => {
    await condition(() => requests.length > 0);
    for (let next = requests.shift(); next; next = requests.shift()) await next();
  });
}
