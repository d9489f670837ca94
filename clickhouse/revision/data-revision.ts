import { hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { sql } from '../client/sql.ts';

/**
 * A short text that is another one after each insert of a tenant's data, which materialized views note, after
 * `makeRevision`, and at the start of each UTC day, which changes what is due. See docs/adr/0042.
 */
export async function readRevision(warehouse: Warehouse, tenantId: string): Promise<string> {
  // Rows of integrations come with a quorum, and those of days without: on replicas, a consistent read would skip these.
  // FINAL takes 0.6 ms less than a sum. Without an insert there is no row, and no day: ETags have the day themselves.
  const rows = await warehouse.query({
    name: 'revision',
    sql: sql`
      SELECT toDate(now('UTC')) AS today, revision
      FROM tenant_revisions FINAL
      WHERE tenant_id = {tenant_id: String}
      SETTINGS max_threads = 1, select_sequential_consistency = 0`,
    params: { tenant_id: tenantId },
    row: z.object({ today: z.string(), revision: z.string() }),
  });
  return hash('sha256', JSON.stringify(rows), 'hex').slice(0, 32);
}

/** The sums of revisions of all tenants that have one, for operators. */
export async function readRevisions(warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.query({
    name: 'revisions of all',
    sql: sql`
      SELECT tenant_id, sum(revision) AS revision
      FROM tenant_revisions
      GROUP BY tenant_id
      SETTINGS max_threads = 1, select_sequential_consistency = 0`,
    row: z.object({ tenant_id: z.string(), revision: z.string() }),
  });
  return new Map(rows.map(({ tenant_id, revision }) => [tenant_id, revision]));
}

/** Says that a tenant's data have changed, where no insert does: rows were deleted, or an insert may have broken off. */
export function makeRevision(warehouse: Warehouse, tenantId: string): Promise<void> {
  const revision = randomBytes(8).readBigUInt64BE().toString();
  return warehouse.insert('tenant_revisions', [{ tenant_id: tenantId, revision }]);
}
