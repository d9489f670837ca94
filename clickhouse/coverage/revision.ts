import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { REVISION_TABLES } from '../writes/tables.ts';

/**
 * What a tenant's data are now, as a short text that is another one after every change: of a day, of what was read,
 * of an integration or a name, and when a UTC day begins, since what is due depends on it. It reads keys and versions
 * only, so it costs next to nothing.
 */
export async function readRevision(warehouse: Warehouse, tenantId: string): Promise<string> {
  const versions = REVISION_TABLES.map(
    (table) => `SELECT '${table}' AS source, count() AS rows, max(version) AS newest, sum(version) AS versions
                FROM ${table} FINAL WHERE tenant_id = {tenant_id: String}`,
  );
  const [row] = await warehouse.query({
    name: 'revision',
    sql: `SELECT lower(hex(sipHash128(toDate(now('UTC')), groupArray(tuple(source, rows, newest, versions))))) AS revision
          FROM (SELECT * FROM (${versions.join(' UNION ALL ')}) ORDER BY source)`,
    params: { tenant_id: tenantId },
    row: z.object({ revision: z.string() }),
  });
  return row?.revision ?? '';
}
