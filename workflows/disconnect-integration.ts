import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { deleteDailySync, destroyKey, markDisconnected, purge, stopSyncs } from './activity-proxies.ts';
import type { Disconnection } from './contract/messages.ts';
import { integrationStatus } from './contract/search-attributes.ts';

/**
 * Disconnects an organization: no sync starts or goes on, the key is destroyed, and the data stay unless they are to
 * be erased. Each step may be tried again; connecting the organization again restores all.
 */
export async function disconnectIntegration(integration: IntegrationKey, { erase }: Disconnection): Promise<void> {
  upsertSearchAttributes([{ key: integrationStatus, value: 'disconnected' }]);
  await markDisconnected(integration);
  // Before anything that takes long: the same key may be sent again soon, and that one is to be kept.
  await destroyKey(integration);
  await deleteDailySync(integration);
  await stopSyncs(integration);
  // Again, for a sync that recorded its end in the same instant as we did the first time; now none is left.
  await markDisconnected(integration);
  if (erase) await purge(integration);
  setCurrentDetails(erase ? 'Disconnected, data erased' : 'Disconnected, data kept');
}
