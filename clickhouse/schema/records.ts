import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import type { SchemaFile, SchemaGroup } from './files.ts';
import { SCHEMA_VERSION } from './version.ts';

// Version 0.1.0 recorded neither kind nor version: in its rows kind is empty. A later version may add kinds.
const schemaRecord = z.object({
  name: z.string(),
  kind: z.string().default(''),
  sha256: z.string(),
  version: z.coerce.number().default(0),
});
/** What was last applied under a name: a `migration`, a `view` or a `dropped view`. */
export type SchemaRecord = z.infer<typeof schemaRecord>;

/** What has to be applied so that the database is of this version. */
export type Pending = { groups: SchemaGroup[]; abandonedViews: string[] };

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export function createRecords(warehouse: Warehouse): Promise<void> {
  return warehouse.command(
    'create schema_migrations',
    `CREATE TABLE IF NOT EXISTS schema_migrations
     (
         name String COMMENT 'File of the migration, or name of the view',
         sha256 String COMMENT 'Hash of its text when it was applied',
         applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was applied',
         kind LowCardinality(String) COMMENT 'migration, view or dropped view; empty for the migrations of 0.1.0',
         version UInt32 COMMENT 'Version of the schema that it was applied by; the database is of the highest'
     )
     ENGINE = ReplacingMergeTree(applied_at)
     ORDER BY name
     COMMENT 'Migrations and views that this database has'`,
  );
}

export function readRecords(warehouse: Warehouse): Promise<SchemaRecord[]> {
  return warehouse.query({
    name: 'schema records',
    sql: 'SELECT * FROM schema_migrations FINAL', // 0.1.0 has fewer columns
    row: schemaRecord,
  });
}

type Applied = Pick<SchemaFile, 'name' | 'sha256'> & { kind: SchemaFile['kind'] | 'dropped view' };

export function recordOf({ kind, name, sha256 }: Applied): SchemaRecord {
  return { kind, name, sha256, version: SCHEMA_VERSION };
}

/** Whether a later version than this one has migrated the database. */
export const isAhead = (records: readonly SchemaRecord[]): boolean =>
  records.some(({ version }) => version > SCHEMA_VERSION);

/** @throws MigrationError where a migration was edited after it ran */
export function findPending(records: readonly SchemaRecord[], schema: readonly SchemaGroup[]): Pending {
  const recorded = new Map(records.filter(({ kind }) => kind !== '').map((record) => [record.name, record]));
  const isPending = ({ name, sha256 }: SchemaFile) => recorded.get(name)?.sha256 !== sha256;
  const groups = schema.map((group) => group.filter(isPending)).filter((group) => group.length > 0);
  const edited = groups.flat().find(({ kind, name }) => kind === 'migration' && recorded.has(name));
  if (edited) {
    throw new MigrationError(
      `Migration ${edited.name} was edited after it ran. Restore it, and put the change into a new migration.`,
    );
  }
  const present = new Set(schema.flat().map(({ name }) => name));
  const abandoned = records.filter(({ kind, name }) => kind === 'view' && !present.has(name));
  return { groups, abandonedViews: abandoned.map(({ name }) => name) };
}
