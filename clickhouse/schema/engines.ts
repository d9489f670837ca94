import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

/**
 * A warehouse whose statements make tables of the engine that its database needs. In a `Replicated` database only
 * Replicated… tables have the same rows on each replica. ClickHouse Cloud replaces the engine by itself.
 */
export async function withItsEngines(warehouse: Warehouse): Promise<Warehouse> {
  const [database] = await warehouse.query({
    name: 'database engine',
    sql: 'SELECT engine FROM system.databases WHERE name = currentDatabase()',
    row: z.object({ engine: z.string() }),
  });
  if (database?.engine !== 'Replicated') return warehouse;
  return {
    ...warehouse,
    command: (name, sql, params) =>
      warehouse.command(name, sql.replaceAll(/\bENGINE = (?=\w*MergeTree)/g, 'ENGINE = Replicated'), params),
  };
}
