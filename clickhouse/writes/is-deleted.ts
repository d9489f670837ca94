import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

const IDS = { budgets: 'budget_id', channels: 'channel_id' } as const;

/** Whether a tenant had a budget or a channel of this id, and deleted it. */
export async function isDeleted(
  warehouse: Warehouse,
  table: keyof typeof IDS,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<boolean> {
  const found = await warehouse.query({
    name: `deleted of ${table}`,
    sql: `SELECT ${IDS[table]} AS id FROM ${table} FINAL
          WHERE tenant_id = {tenant_id: String} AND ${IDS[table]} = {id: String} AND is_deleted`,
    params: { tenant_id: tenantId, id },
    row: z.object({ id: z.string() }),
  });
  return found.length > 0;
}
