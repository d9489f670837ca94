import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { REVISION_TABLES } from '../writes/tables.ts';

/**
 * A short text that changes with every read of days, every change of an integration or a name, and at the start of each
 * UTC day, which changes what is due. Reads only keys and versions.
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
