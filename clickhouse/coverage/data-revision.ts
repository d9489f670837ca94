import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { sql } from '../client/sql.ts';
import { REVISION_TABLES } from '../writes/tables.ts';

/**
 * A short text that changes with every read of days, every change of an integration or a name, and at the start of each
 * UTC day, which changes what is due. Each writes a newer version, a purge removes rows. Reads only keys and versions.
 * It is hashed here, since each further step of so small a statement costs more than its rows.
 */
export async function readRevision(warehouse: Warehouse, tenantId: string): Promise<string> {
  const versions = REVISION_TABLES.map(
    (table) => sql`
      SELECT version
      FROM ${table} FINAL
      WHERE tenant_id = {tenant_id: String}`,
  );
  const [row = {}] = await warehouse.query({
    name: 'revision',
    sql: sql`
      SELECT toDate(now('UTC')) AS today, count() AS rows, max(version) AS newest, sum(version) AS versions
      FROM (
        ${versions.join('\nUNION ALL\n')}
      )
      SETTINGS max_threads = 1`,
    params: { tenant_id: tenantId },
    row: z.object({ today: z.string(), rows: z.string(), newest: z.string(), versions: z.string() }),
  });
  return hash('sha256', JSON.stringify(Object.values(row)), 'hex').slice(0, 32);
}
