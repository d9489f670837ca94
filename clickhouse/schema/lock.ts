import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { WarehouseError } from '../client/warehouse-error.ts';

const TABLE = 'schema_lock';
const TABLE_ALREADY_EXISTS = '57';
const RENEWAL_MS = 5_000;
/** A holder that has not renewed its lock for so long was killed. */
const ABANDONED_MS = 60_000;
const RETRY_MS = 500;

/**
 * Runs something while no other process does so in the same database. ClickHouse has no locks, but creates a table for
 * one caller only. Two that find a lock abandoned at the same instant may run at once, which statements must bear.
 */
export async function withSchemaLock<T>(warehouse: Warehouse, run: () => Promise<T>, onWait: () => void): Promise<T> {
  const isAbandoned = watchLock(warehouse);
  for (let said = false; !(await isTaken(warehouse)); said = true) {
    if (!said) onWait();
    if (await isAbandoned()) await release(warehouse);
    else await delay(RETRY_MS);
  }
  const renewal = setInterval(() => renew(warehouse).catch(() => {}), RENEWAL_MS);
  try {
    return await run();
  } finally {
    clearInterval(renewal);
    await release(warehouse);
  }
}

async function isTaken(warehouse: Warehouse): Promise<boolean> {
  try {
    await warehouse.command('take the schema lock', `CREATE TABLE ${TABLE} (since DateTime) ENGINE = Memory ${held()}`);
    return true;
  } catch (error) {
    if (error instanceof WarehouseError && error.code === TABLE_ALREADY_EXISTS) return false;
    throw error;
  }
}

/** By the clock of the process that waits alone: it has seen the same comment for as long. */
function watchLock(warehouse: Warehouse): () => Promise<boolean> {
  let [seen, since] = ['', 0];
  return async () => {
    const [lock] = await warehouse.query({
      name: 'comment of the schema lock',
      sql: 'SELECT comment FROM system.tables WHERE database = currentDatabase() AND name = {table: String}',
      params: { table: TABLE },
      row: z.object({ comment: z.string() }),
    });
    const now = performance.now();
    if (lock?.comment !== seen) [seen, since] = [lock?.comment ?? '', now];
    return lock !== undefined && now - since >= ABANDONED_MS;
  };
}

/** Not every engine of a database tells when a table was changed last, so the table's comment does. */
const held = () => `COMMENT 'A process migrates this database, ${new Date().toISOString()}'`;

const renew = (warehouse: Warehouse) =>
  warehouse.command('renew the schema lock', `ALTER TABLE ${TABLE} MODIFY ${held()}`);

const release = (warehouse: Warehouse) =>
  warehouse.command('give the schema lock back', `DROP TABLE IF EXISTS ${TABLE} SYNC`);
