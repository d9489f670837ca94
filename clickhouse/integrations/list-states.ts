import { z } from 'zod';
import { integrationProblem, integrationStatus } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

const row = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  status: integrationStatus,
  problem: integrationProblem,
});
export type IntegrationState = z.infer<typeof row>;

/** The state of every tenant's integrations that are not disconnected, for operators. */
export function listStates(warehouse: Warehouse): Promise<IntegrationState[]> {
  return warehouse.query({
    name: 'states of all',
    sql: `SELECT tenant_id, integration_id, status, problem FROM integration_records FINAL
          WHERE status != 'disconnected'`,
    row,
  });
}
