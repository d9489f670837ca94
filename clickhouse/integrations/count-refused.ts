import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

/** Tenants, and how many others of them OpenAI has refused since a time. */
export type RefusedTenants = { others_refused: number; tenants: number };

/**
 * Counts the tenants whose keys OpenAI has begun to refuse since `since`, in unix milliseconds, one tenant aside. A
 * refusal that was not held against a key is recorded as `provider_unavailable`, and counts too.
 */
export async function countRefused(
  warehouse: Warehouse,
  { tenant_id, since }: { tenant_id: string; since: number },
): Promise<RefusedTenants> {
  const [row] = await warehouse.query({
    name: 'refused tenants',
    sql: `SELECT
            uniqExactIf(tenant_id, tenant_id != {tenant_id: String} AND version >= {since: UInt64}
              AND problem IN ('key_rejected', 'scope_missing', 'provider_unavailable')) AS others_refused,
            uniqExact(tenant_id) AS tenants
          FROM integration_records FINAL
          WHERE status != 'disconnected'`,
    params: { tenant_id, since },
    row: z.object({ others_refused: z.coerce.number(), tenants: z.coerce.number() }),
  });
  return row ?? { others_refused: 0, tenants: 0 };
}
