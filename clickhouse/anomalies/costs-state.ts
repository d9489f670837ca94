import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/** What is another text once a day of the integration's costs is another one. */
export const COSTS_STATE = `SELECT toString(sum(version)) AS state FROM cost_days FINAL
  WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}`;

export async function readCostsState(warehouse: Warehouse, key: IntegrationKey): Promise<string | undefined> {
  const [found] = await warehouse.query({
    name: 'state of costs',
    sql: COSTS_STATE,
    params: { tenant_id: key.tenant_id, integration_id: key.integration_id },
    row: z.object({ state: z.string() }),
  });
  return found?.state;
}
