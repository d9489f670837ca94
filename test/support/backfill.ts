import type { WorkflowHandle } from '@temporalio/client';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import { backfillId } from '#workflows/contract/ids.ts';
import type { Tenant } from './tenant.ts';

/** The workflow that fills an integration's days, by its id: Temporal's list lags. */
export async function backfillOf({ temporal, warehouse, tenantId }: Tenant, id: string): Promise<WorkflowHandle> {
  const integration = await readIntegration(warehouse, { tenant_id: tenantId, integration_id: id });
  if (!integration) throw new Error(`there is no integration ${id}`);
  return temporal.workflow.getHandle(backfillId(integration, integration));
}
