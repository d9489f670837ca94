import { setCurrentDetails } from '@temporalio/workflow';
import type { Reconciliation } from '#domain/sync.ts';
import { reconcile } from './activities/activity-proxies.ts';

/** Makes what the integrations of all tenants should have be there. Runs hourly, and after a restore by hand. */
export async function reconcileIntegrations(): Promise<Reconciliation> {
  const result = await reconcile();
  setCurrentDetails(
    Object.entries(result)
      .map(([what, count]) => `${what}: ${count}`)
      .join(', '),
  );
  return result;
}
