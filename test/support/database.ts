import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import type { WarehouseOptions } from '#clickhouse/client/options.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';

export type Database = { warehouse: Warehouse; options: WarehouseOptions; drop: () => Promise<void> };

/** To migrate a database into which nobody writes. */
export const AT_ONCE = { untilInserted: async () => {} };

/** A database of the test's own on the run's engine, migrated. */
export async function createDatabase(): Promise<Database> {
  const database = await createEmptyDatabase();
  await migrate(database.warehouse);
  return database;
}

/** A database of the test's own without tables. */
export async function createEmptyDatabase(): Promise<Database> {
  const server = { ...inject('clickhouse'), user: 'default', application: 'test' };
  const database = `test_${randomBytes(6).toString('hex')}`;
  const administrator = openWarehouse({ ...server, database: 'default' });
  await administrator.command('create database', `CREATE DATABASE ${database}`);
  const options = { ...server, database };
  const warehouse = openWarehouse(options);
  return {
    warehouse,
    options,
    async drop() {
      await warehouse.close();
      await administrator.command('drop database', `DROP DATABASE ${database}`);
      await administrator.close();
    },
  };
}
