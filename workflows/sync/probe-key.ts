import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { probeActivities } from '../activities/activity-proxies.ts';
import { integrationStatus } from '../contract/search-attributes.ts';

/**
 * Tries the key of a stopped integration. While OpenAI still refuses it, the sync has nothing else to do; that is
 * expected, and no failure.
 */
export async function isKeyStillRefused(integration: IntegrationKey): Promise<boolean> {
  const problem = await probeActivities(integration.tenant_id).probeKey(integration);
  setCurrentDetails(problem ? `The key still cannot be used: ${problem}` : 'The key works again');
  upsertSearchAttributes([{ key: integrationStatus, value: problem ? 'action_required' : 'connected' }]);
  return problem !== '';
}
