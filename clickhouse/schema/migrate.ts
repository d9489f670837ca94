import { setTimeout as delay } from 'node:timers/promises';
import type { Warehouse } from '../client/client.ts';
import { BY_MAJORITY } from '../client/options.ts';
import { WarehouseError } from '../client/warehouse-error.ts';
import { withItsEngines } from './engines.ts';
import { readSchema, type SchemaFile } from './files.ts';
import { bringOver } from './from-0.1.0.ts';
import { withSchemaLock } from './lock.ts';
import { partitionTables } from './partition-tables.ts';
import { withPartitions } from './partitions.ts';
import {
  createRecords,
  findPending,
  isAhead,
  MigrationError,
  readRecords,
  recordOf,
  type SchemaRecord,
} from './records.ts';

const UNKNOWN_TABLE = '60';
/** Longer than the client and the server take for an insert. */
const INSERT_MS = 130_000;

type Options = {
  /** Called once where another process migrates the database now. */
  onWait?: () => void;
  /** Waits until inserts of others that began before have ended. */
  untilInserted?: () => Promise<unknown>;
};

/**
 * Brings the database to this version: the migrations that it lacks, in order; then each view whose text has changed;
 * then views that we made and whose file is gone are dropped. One process does so at a time. Every statement can be run
 * again, so a crash between two does no harm.
 * @returns the names of what was applied now; none where a later version has migrated the database
 */
export function migrate(
  warehouse: Warehouse,
  { onWait = () => {}, untilInserted = () => delay(INSERT_MS) }: Options = {},
): Promise<string[]> {
  return withSchemaLock(warehouse, async () => apply(await withItsEngines(warehouse), untilInserted), onWait);
}

async function apply(warehouse: Warehouse, untilInserted: () => Promise<unknown>): Promise<string[]> {
  await createRecords(warehouse);
  const records = await readRecords(warehouse);
  if (isAhead(records)) return [];
  await bringOver(warehouse, records);
  const { groups, abandonedViews } = findPending(records, await readSchema());
  const applied: SchemaRecord[] = [];
  const applyGroups = async (kind: SchemaFile['kind']) => {
    for (const group of groups.filter(([first]) => first?.kind === kind)) {
      await settleAll(
        group.map(async (file) => {
          await warehouse.command(`${file.kind} ${file.name}`, withPartitions(file.sql));
          applied.push(recordOf(file));
        }),
      );
    }
  };
  let partitioned: string[] = [];
  try {
    await applyGroups('migration');
    partitioned = await partitionTables(warehouse, untilInserted);
    await applyGroups('view');
    for (const name of abandonedViews) {
      await warehouse.command(`drop view ${name}`, `DROP VIEW IF EXISTS ${name}`);
      applied.push(recordOf({ kind: 'dropped view', name, sha256: '' }));
    }
  } finally {
    // In one insert, since a new database has many. What a crash leaves unrecorded is applied again.
    if (applied.length > 0) await warehouse.insert('schema_migrations', applied, BY_MAJORITY);
  }
  return [...applied.map(({ name }) => name), ...partitioned];
}

/** Whether the database has every migration and the present text of every view; or a later version has migrated it. */
export async function isMigrated(warehouse: Warehouse): Promise<boolean> {
  const records = await readRecords(warehouse).catch((error: unknown) => {
    if (error instanceof WarehouseError && error.code === UNKNOWN_TABLE) return []; // nobody has migrated it yet
    throw error;
  });
  if (isAhead(records)) return true;
  const { groups, abandonedViews } = findPending(records, await readSchema());
  return groups.length === 0 && abandonedViews.length === 0;
}

/** @throws MigrationError where the database is not of this version */
export async function requireMigrated(warehouse: Warehouse): Promise<void> {
  if (await isMigrated(warehouse)) return;
  throw new MigrationError('ClickHouse has not the tables and views of this version: run npm run migrate.');
}

/** Waits for all, so that none runs on after a failure, then throws the first error. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
