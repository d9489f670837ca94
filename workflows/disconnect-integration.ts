import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import { deleteDailySync, destroyKey, markDisconnected, purge, stopSyncs } from './activities.ts';
import { integrationStatus, tenantId } from './search-attributes.ts';

/**
 * Disconnects an organization: no sync starts or goes on, the key is destroyed, and the data stay unless they are to
 * be erased. Each step may be tried again; connecting the organization again restores all.
 */
export async function disconnectIntegration({ erase, ...integration }: IntegrationKey & { erase: boolean }) {
  upsertSearchAttributes([
    { key: tenantId, value: integration.tenant_id },
    { key: integrationStatus, value: 'disconnected' },
  ]);
  await markDisconnected(integration);
  await deleteDailySync(integration);
  await stopSyncs(integration);
  await destroyKey(integration);
  if (erase) await purge(integration);
  setCurrentDetails(erase ? 'Disconnected, data erased' : 'Disconnected, data kept');
}
