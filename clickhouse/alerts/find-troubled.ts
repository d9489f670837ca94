import { z } from 'zod';
import { type IntegrationKey, integrationProblem } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { ofIntegration } from './of-integration.ts';

const troubled = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  organization_name: z.string(),
  problem: integrationProblem,
  key_expires_at: z.string().nullable(),
  /** When costs were last read, in unix milliseconds. It stays so while a sync is stopped. */
  last_read: z.coerce.number(),
});
export type Troubled = z.infer<typeof troubled>;

/** The integrations of all tenants, or one, that get no new days, or whose keys expire within a week. */
export function findTroubled(warehouse: Warehouse, only?: IntegrationKey): Promise<Troubled[]> {
  return warehouse.query({
    name: 'troubled integrations',
    sql: `SELECT tenant_id, integration_id, organization_name, problem, last_read,
            formatDateTime(key_expires_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS key_expires_at
          FROM (
            SELECT tenant_id, integration_id, organization_name, problem, key_expires_at FROM integration_records FINAL
            WHERE status != 'disconnected' AND (problem != '' OR key_expires_at < now() + INTERVAL 7 DAY)
              ${ofIntegration(only)}) AS integration
          LEFT JOIN (
            SELECT tenant_id, integration_id, max(version) AS last_read FROM day_reads
            WHERE dataset = 'costs' ${ofIntegration(only)}
            GROUP BY tenant_id, integration_id) AS reads USING (tenant_id, integration_id)
          ORDER BY tenant_id, integration_id`,
    params: { ...only },
    row: troubled,
  });
}
