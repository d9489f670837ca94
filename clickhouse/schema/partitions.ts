import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

/** The tables that hold nearly all bytes. */
export const TABLES = ['cost_days', 'usage_days', 'day_reads', 'cost_day_revisions'] as const;
type PartitionedTable = (typeof TABLES)[number];

export const isPartitioned = (table: string): table is PartitionedTable =>
  (TABLES as readonly string[]).includes(table);

/** SQL of the partition that all rows of a tenant are in: an insert stays one part, and a purge rewrites no other. */
export const partitionOf = (tenant: string) => `cityHash64(${tenant}) % 16`;

/** The statement that makes a table, with partitions where the table has them: its file is older, and is not edited. */
export function withPartitions(sql: string): string {
  const [, table = ''] = /^CREATE TABLE (?:IF NOT EXISTS )?(\w+)/m.exec(sql) ?? [];
  return isPartitioned(table) ? sql.replace(/^ORDER BY/m, `PARTITION BY ${partitionOf('tenant_id')}\nORDER BY`) : sql;
}

const table = z.object({
  name: z.enum(TABLES),
  comment: z.string(),
  /** The columns that its rows are sorted by. */
  key: z.string(),
  is_partitioned: z.boolean(),
  bytes: z.coerce.number(),
  rows: z.coerce.number(),
});
export type TableState = z.infer<typeof table>;

/** These tables as the database has them: an earlier version made them without partitions. */
export function readTables(warehouse: Warehouse): Promise<TableState[]> {
  return warehouse.query({
    name: 'tables with partitions',
    sql: `SELECT name, comment, sorting_key AS key, toBool(partition_key != '') AS is_partitioned, ifNull(total_bytes, 0) AS bytes, ifNull(total_rows, 0) AS rows
          FROM system.tables WHERE database = currentDatabase() AND name IN {tables: Array(String)} ORDER BY name`,
    params: { tables: TABLES },
    row: table,
  });
}
