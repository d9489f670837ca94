import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';

const table = z.object({ name: z.string(), is_view: z.boolean(), comment: z.string() });
const column = z.object({ table: z.string(), name: z.string(), type: z.string(), comment: z.string() });
export type Table = z.infer<typeof table> & { columns: z.infer<typeof column>[] };

/** Every table and view of a migrated database, by name, with its comments. */
export async function describeTables(warehouse: Warehouse): Promise<Table[]> {
  const tables = await warehouse.query({
    name: 'tables',
    sql: `SELECT name, toBool(engine = 'View') AS is_view, comment FROM system.tables
          WHERE database = currentDatabase() ORDER BY name`,
    row: table,
  });
  // The columns of a Nested are one row here, because they have the names of the columns of the view over them.
  const columns = await warehouse.query({
    name: 'columns',
    sql: `SELECT table, splitByChar('.', name)[1] AS name, if(count() > 1, 'Nested', any(type)) AS type,
            any(comment) AS comment
          FROM system.columns WHERE database = currentDatabase()
          GROUP BY table, name ORDER BY table, min(position)`,
    row: column,
  });
  return tables.map((each) => ({ ...each, columns: columns.filter(({ table: of }) => of === each.name) }));
}
