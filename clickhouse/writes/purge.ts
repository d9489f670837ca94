import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { purgeBudgets } from './purge-budgets.ts';
import { INTEGRATION_TABLES } from './tables.ts';

/**
 * Deletes all rows of one integration of a tenant, and the budgets of it alone. It can be run again.
 * @returns when it began, in unix milliseconds by the warehouse's clock, as versions are
 */
export async function purgeIntegration(warehouse: Warehouse, key: IntegrationKey): Promise<number> {
  const [clock] = await warehouse.query({
    name: 'clock',
    sql: 'SELECT toUnixTimestamp64Milli(now64(3)) AS now',
    row: z.object({ now: z.coerce.number() }),
  });
  await purgeBudgets(warehouse, key);
  for (const table of INTEGRATION_TABLES) await deleteRows(warehouse, key, { table, before: ALL });
  return clock?.now ?? 0;
}

/**
 * Deletes what was read before a purge and written after it. The integration itself stays: it may have been connected
 * again by a worker whose clock is behind.
 * @param purgedAt unix milliseconds
 */
export async function sweepLateWrites(warehouse: Warehouse, key: IntegrationKey, purgedAt: number): Promise<void> {
  const tables = INTEGRATION_TABLES.filter((table) => table !== 'integration_records');
  for (const table of tables) await deleteRows(warehouse, key, { table, before: purgedAt });
}

const ALL = Number.MAX_SAFE_INTEGER;

/** @param before unix milliseconds: only rows of reads that began before */
function deleteRows(warehouse: Warehouse, key: IntegrationKey, { table, before }: { table: string; before: number }) {
  return warehouse.command(
    `purge ${table}`,
    `ALTER TABLE ${table} DELETE
     WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND version < {before: UInt64}`,
    { ...key, before },
  );
}
