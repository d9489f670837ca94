import { z } from 'zod';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/**
 * The first day of an integration's costs that was written in the last week, for the first time or restated; undefined
 * where there is none. Days before the integration was connected are history, and surprise nobody.
 */
export async function readChangedFrom(warehouse: Warehouse, key: IntegrationKey): Promise<Day | undefined> {
  const [found] = await warehouse.query({
    name: 'changed costs',
    sql: `SELECT min(day) AS changed_from
          FROM cost_days
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
            AND version >= toUnixTimestamp64Milli(now64(3) - INTERVAL 7 DAY)
            AND day >= (
              SELECT toDate(max(connected_at)) FROM integration_records FINAL
              WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String})
          HAVING count() > 0`,
    params: key,
    row: z.object({ changed_from: z.string() }),
  });
  return found?.changed_from;
}
