import { z } from 'zod';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/** What is another text once one of the days from `state_from` on is another one. Merges of parts do not change it. */
export const COSTS_STATE = `SELECT toString(sum(version)) AS state FROM cost_days FINAL
  WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND day >= {state_from: Date}`;

/** Tells whether an integration's costs are still those that were read, from a day on. */
export async function readCostsState(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  from: Day,
): Promise<string | undefined> {
  const [found] = await warehouse.query({
    name: 'state of costs',
    sql: COSTS_STATE,
    params: { tenant_id, integration_id, state_from: from },
    row: z.object({ state: z.string() }),
  });
  return found?.state;
}
