import { z } from 'zod';
import { integrationStatus } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

const listed = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  status: integrationStatus,
  credential_id: z.string(),
});
export type ListedIntegration = z.infer<typeof listed>;

/** The integrations of all tenants that are not disconnected. */
export function listLiveIntegrations(warehouse: Warehouse): Promise<ListedIntegration[]> {
  return warehouse.query({
    name: 'live integrations',
    sql: `SELECT tenant_id, integration_id, status, credential_id FROM integration_records FINAL
          WHERE status != 'disconnected' ORDER BY tenant_id, integration_id`,
    row: listed,
  });
}

/** The sealed keys, older than so many hours, that no integration uses; `version`: which copy of it. */
export function listUnusedCredentials(warehouse: Warehouse, olderThanHours: number) {
  return warehouse.query({
    name: 'unused credentials',
    sql: `SELECT tenant_id, credential_id, version FROM credentials FINAL
          WHERE version < toUnixTimestamp64Milli(now64(3)) - {hours: UInt32} * 3600000
            AND (tenant_id, credential_id) NOT IN (
              SELECT tenant_id, credential_id FROM integration_records FINAL WHERE status != 'disconnected')`,
    params: { hours: olderThanHours },
    row: z.object({ tenant_id: z.string(), credential_id: z.string(), version: z.coerce.number() }),
  });
}
