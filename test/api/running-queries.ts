import { z } from 'zod';
import type { Database } from '../support/database.ts';

/** How many queries of this name the engine runs in a database. */
export async function runningQueries({ warehouse, options }: Database, name: string): Promise<number> {
  const rows = await warehouse.query({
    name: 'running queries',
    sql: `SELECT 1 AS one FROM system.processes
          WHERE Settings['log_comment'] = {name: String} AND current_database = {database: String}`,
    params: { name, database: options.database },
    row: z.object({ one: z.number() }),
  });
  return rows.length;
}
