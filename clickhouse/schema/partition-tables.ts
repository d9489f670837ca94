import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { readSchema } from './files.ts';
import { readTables, TABLES, type TableState, withPartitions } from './partitions.ts';
import { MigrationError } from './records.ts';

/** Each statement of a copy ends long before the client gives it up. */
const [CHUNK_BYTES, CHUNK_ROWS] = [64 * 1024 * 1024, 1_000_000];

/** A table and its copy: named by this run, so that no other, which takes this one for dead, exchanges a half of it. */
type Copy = TableState & { copy: string; view: string };

/**
 * Copies tables without partitions into tables with them, and exchanges the two, while others read and write: at each
 * instant, whoever reads finds all rows. What is inserted meanwhile, a view writes into both. A copy that was killed
 * begins again.
 * @param untilInserted waits until inserts that began before have ended: these know nothing of the view
 */
export async function partitionTables(warehouse: Warehouse, untilInserted: () => Promise<unknown>): Promise<string[]> {
  const tables = await readTables(warehouse);
  await dropCopies(warehouse);
  const run = `_by_tenant_${randomBytes(4).toString('hex')}`;
  const old = tables.flatMap((table): Copy[] => {
    const { name, is_partitioned } = table;
    return is_partitioned ? [] : [{ ...table, copy: name + run, view: `${name}${run}_view` }];
  });
  if (old.length === 0) return [];
  const known = new Map<string, Deletions>();
  for (const table of old) {
    known.set(table.name, await listDeletions(warehouse, table.name));
    await startCopy(warehouse, table);
  }
  await untilInserted();
  for (const table of old) {
    await copyRows(warehouse, table);
    await exchange(warehouse, table, known.get(table.name) ?? new Map());
  }
  return old.map(({ name }) => `${name} by tenant`);
}

/** Copies that a run has left, and what were the tables before they were exchanged. */
async function dropCopies(warehouse: Warehouse, of = TABLES.join('|')): Promise<void> {
  const left = await warehouse.query({
    name: 'copies of tables',
    sql: `SELECT name, engine FROM system.tables
          WHERE database = currentDatabase() AND match(name, {names: String})
          ORDER BY engine != 'MaterializedView'`,
    params: { names: `^(${of})_by_tenant_[0-9a-f]{8}(_view)?$` },
    row: z.object({ name: z.string(), engine: z.string() }),
  });
  for (const { name, engine } of left) {
    const kind = engine === 'MaterializedView' ? 'VIEW' : 'TABLE';
    // The server refuses to drop large tables otherwise.
    await warehouse.command('drop copy', `DROP ${kind} IF EXISTS ${name} SYNC SETTINGS max_table_size_to_drop = 0`);
  }
}

async function startCopy(warehouse: Warehouse, { name, comment, copy, view }: Copy): Promise<void> {
  const made = (await readSchema()).flat().find(({ sql }) => sql.startsWith(`CREATE TABLE IF NOT EXISTS ${name}\n`));
  const [engine] = /^ENGINE[\s\S]*(?=\nCOMMENT)/m.exec(withPartitions(made?.sql ?? '')) ?? [];
  if (!engine) throw new MigrationError(`No migration makes the table ${name}.`);
  const text = comment.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  await warehouse.command('create copy', `CREATE TABLE ${copy} AS ${name}\n${engine}\nCOMMENT '${text}'`);
  await warehouse.command('forward', `CREATE MATERIALIZED VIEW ${view} TO ${copy} AS SELECT * FROM ${name}`);
}

/** Days that lie together are in one chunk: few granules are read twice. */
const IS_OF_CHUNK = 'sipHash64(tenant_id, toStartOfQuarter(day)) % {chunks: UInt32} = {chunk: UInt32}';

function chunksOf({ bytes, rows }: Copy) {
  const chunks = Math.ceil(Math.max(bytes / CHUNK_BYTES, rows / CHUNK_ROWS)) || 1;
  return Array.from({ length: chunks }, (_, chunk) => ({ chunks, chunk }));
}

async function copyRows(warehouse: Warehouse, table: Copy): Promise<void> {
  // In parallel, as days are inserted later: on replicas, one insert with a quorum hides those that are made without.
  const sql = `INSERT INTO ${table.copy} SETTINGS insert_quorum_parallel = 1 SELECT * FROM ${table.name} WHERE ${IS_OF_CHUNK}`;
  for (const chunk of chunksOf(table)) await warehouse.command(`copy ${table.name}`, sql, chunk);
}

/** What was deleted during the copy is deleted from it, too: before the exchange, and again what was filed at its instant. */
async function exchange(warehouse: Warehouse, table: Copy, known: Deletions) {
  const { name, copy, view } = table;
  const repeated = new Map(known);
  const repeat = async (from: string, to: string) => {
    for (const [id, deletion] of await listDeletions(warehouse, from)) {
      if (repeated.has(id)) continue;
      repeated.set(id, deletion);
      await warehouse.command(`delete from ${to}`, `ALTER TABLE ${to} ${deletion} SETTINGS mutations_sync = 0`);
    }
  };
  await repeat(name, copy);
  await requireComplete(warehouse, table);
  await warehouse.command(`exchange ${name}`, `EXCHANGE TABLES ${name} AND ${copy}`);
  await warehouse.command('drop copy', `DROP VIEW ${view} SYNC`);
  await repeat(copy, name);
  await dropCopies(warehouse, name);
}

/** Rows of the last hour aside, which may be on their way into both. @throws MigrationError where the copy lacks a row */
async function requireComplete(warehouse: Warehouse, table: Copy): Promise<void> {
  const { name, key, copy } = table;
  const isOld = 'version < toUnixTimestamp64Milli(now64(3)) - 3600000';
  for (const params of chunksOf(table)) {
    const [missing] = await warehouse.query({
      name: 'rows that a copy lacks',
      sql: `SELECT count() AS rows FROM ${name}
            WHERE ${IS_OF_CHUNK} AND ${isOld} AND (${key}) NOT IN (SELECT ${key} FROM ${copy} WHERE ${IS_OF_CHUNK})`,
      params,
      row: z.object({ rows: z.coerce.number() }),
    });
    if (missing?.rows !== 0) throw new MigrationError(`The copy of ${name} lacks rows: run npm run migrate again.`);
  }
}

/** Deletions that were filed for a table, by their ids, which they keep: the text that follows ALTER TABLE. */
type Deletions = ReadonlyMap<string, string>;

async function listDeletions(warehouse: Warehouse, table: string): Promise<Deletions> {
  const mutations = await warehouse.query({
    name: 'deletions',
    sql: `SELECT mutation_id, command FROM system.mutations
          WHERE database = currentDatabase() AND mutations.table = {table: String} AND command LIKE '%DELETE%'`,
    params: { table },
    row: z.object({ mutation_id: z.string(), command: z.string() }),
  });
  return new Map(mutations.map(({ mutation_id, command }) => [mutation_id, command]));
}
