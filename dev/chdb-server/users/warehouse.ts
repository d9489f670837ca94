import { readFileSync } from 'node:fs';

/** What analysts may read of the warehouse. */
export type Warehouse = {
  database: string;
  /** `columns` is empty, or the columns in brackets. */
  grants: { relation: string; columns: string }[];
  /** The tables that hold rows of several tenants. */
  tables: string[];
};

const ACCESS = new URL('../../../clickhouse/schema/access.sql', import.meta.url);

/** Reads access.sql, which grants the same on a server. */
export function readWarehouse(database: string): Warehouse {
  const sql = readFileSync(ACCESS, 'utf8').replace(/--.*/g, '');
  const grants = [...sql.matchAll(/GRANT SELECT(\([^)]*\))?\s+ON (\w+) TO analysts;/g)].map(
    ([, columns = '', relation = '']) => ({ relation, columns }),
  );
  const tables = /CREATE ROW POLICY OR REPLACE own_tenant\s+ON ([\w, ]+?)\s+USING/.exec(sql)?.[1]?.split(', ') ?? [];
  return { database, grants, tables };
}
