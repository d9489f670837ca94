import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { makeRevision } from '../revision/data-revision.ts';
import { isPartitioned, partitionOf } from '../schema/partitions.ts';
import { type Deletion, deleteOnce, fileOnce, type Purge } from './delete-once.ts';
import { budgetDeletions } from './purge-budgets.ts';
import { INTEGRATION_TABLES, type IntegrationTable } from './tables.ts';

const DATA_TABLES = INTEGRATION_TABLES.filter((table) => table !== 'integration_records');

/**
 * Has all rows of one integration of a tenant deleted, and the budgets of it alone. No statement reads them from then on;
 * `finishPurge` waits until they are gone. It can be run again with the same id.
 * @returns when it began, in unix milliseconds by the warehouse's clock, as versions are
 */
export async function purgeIntegration(warehouse: Warehouse, key: IntegrationKey, id: string): Promise<number> {
  const { now, before } = await readMoment(warehouse, key);
  const rows = await rowsOf(warehouse, key, { tables: INTEGRATION_TABLES, before });
  await fileOnce(warehouse, id, [...(await budgetDeletions(warehouse, key)), ...rows]);
  await makeRevision(warehouse, key.tenant_id);
  return now;
}

/**
 * Waits until what was read before a purge is deleted: by the deletions that were filed by `id`; where these are lost, or
 * the purge is over and something was written after it, by new ones. The integration itself stays: it may have been
 * connected again by a worker whose clock is behind.
 * @param purgedAt unix milliseconds
 */
export async function finishPurge(
  warehouse: Warehouse,
  key: IntegrationKey,
  { purgedAt, ...purge }: Purge & { purgedAt: number },
): Promise<void> {
  await deleteOnce(warehouse, purge, await rowsOf(warehouse, key, { tables: DATA_TABLES, before: purgedAt }));
  await makeRevision(warehouse, key.tenant_id);
}

/** Now, and a version that is later than all that the integration has: a clock may have been ahead. */
async function readMoment(warehouse: Warehouse, key: IntegrationKey) {
  const latest = INTEGRATION_TABLES.map((table) => `SELECT max(version) AS version FROM ${table} WHERE ${OF_KEY}`);
  const [moment] = await warehouse.query({
    name: 'moment of a purge',
    sql: `SELECT toUInt64(toUnixTimestamp64Milli(now64(3))) AS now, greatest(now, max(version)) + 1 AS before
          FROM (${latest.join(' UNION ALL ')})`,
    params: key,
    row: z.object({ now: z.coerce.number(), before: z.coerce.number() }),
  });
  if (!moment) throw new Error('ClickHouse returned no row for the moment of a purge, which has exactly one.');
  return moment;
}

const OF_KEY = 'tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}';

/** @param before unix milliseconds: only rows of reads that began before */
async function rowsOf(
  warehouse: Warehouse,
  key: IntegrationKey,
  { tables, before }: { tables: readonly IntegrationTable[]; before: number },
): Promise<Deletion[]> {
  const [tenant] = await warehouse.query({
    name: 'partition of a tenant',
    sql: `SELECT toString(${partitionOf('{tenant_id: String}')}) AS partition`,
    params: key,
    row: z.object({ partition: z.string() }),
  });
  return tables.map((table) => ({
    name: table,
    table,
    partition: isPartitioned(table) ? tenant?.partition : undefined,
    where: `${OF_KEY} AND version < {before: UInt64}`,
    params: { ...key, before },
  }));
}
