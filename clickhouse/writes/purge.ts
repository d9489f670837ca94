import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { makeRevision } from '../revision/data-revision.ts';
import { type Deletion, deleteOnce, type Purge } from './delete-once.ts';
import { budgetDeletions } from './purge-budgets.ts';
import { INTEGRATION_TABLES } from './tables.ts';

const DATA_TABLES = INTEGRATION_TABLES.filter((table) => table !== 'integration_records');

/**
 * Deletes all rows of one integration of a tenant, and the budgets of it alone. It can be run again.
 * @returns when it began, in unix milliseconds by the warehouse's clock, as versions are
 */
export async function purgeIntegration(warehouse: Warehouse, key: IntegrationKey, purge: Purge): Promise<number> {
  const [clock] = await warehouse.query({
    name: 'clock',
    sql: 'SELECT toUnixTimestamp64Milli(now64(3)) AS now',
    row: z.object({ now: z.coerce.number() }),
  });
  const data = DATA_TABLES.map((table) => rowsOf(key, { table, before: ALL }));
  await deleteOnce(warehouse, purge, [...(await budgetDeletions(warehouse, key)), ...data]);
  await deleteOnce(warehouse, purge, [rowsOf(key, { table: 'integration_records', before: ALL })]);
  await makeRevision(warehouse, key.tenant_id);
  return clock?.now ?? 0;
}

/**
 * Deletes what was read before a purge and written after it. The integration itself stays: it may have been connected
 * again by a worker whose clock is behind.
 * @param purgedAt unix milliseconds
 */
export async function sweepLateWrites(
  warehouse: Warehouse,
  key: IntegrationKey,
  { purgedAt, ...purge }: Purge & { purgedAt: number },
): Promise<void> {
  const late = DATA_TABLES.map((table) => rowsOf(key, { table, before: purgedAt }));
  await deleteOnce(warehouse, purge, late);
  await makeRevision(warehouse, key.tenant_id);
}

const ALL = Number.MAX_SAFE_INTEGER;

/** @param before unix milliseconds: only rows of reads that began before */
function rowsOf(key: IntegrationKey, { table, before }: { table: string; before: number }): Deletion {
  return {
    name: table,
    table,
    where: `tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND version < {before: UInt64}`,
    params: { ...key, before },
  };
}
