import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

const directory = new URL('./migrations/', import.meta.url);

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings the database to this version: `migrations/NNN_name.sql`, one re-runnable statement a file, in order.
 * Two workers that start at once may both run a file; that is harmless. A file edited after it ran is refused.
 * @returns the names that were applied now
 */
export async function migrate(warehouse: Warehouse): Promise<string[]> {
  await warehouse.command(
    'create schema_migrations',
    `CREATE TABLE IF NOT EXISTS schema_migrations (
       name String COMMENT 'File name of the migration',
       sha256 String COMMENT 'Hash of its text when it ran',
       applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it ran'
     ) ENGINE = ReplacingMergeTree(applied_at) ORDER BY name
     COMMENT 'Migrations that this database has'`,
  );
  const applied = await appliedMigrations(warehouse);
  const now: { name: string; sha256: string }[] = [];
  try {
    for (const name of await migrationNames()) {
      const sql = await readFile(new URL(name, directory), 'utf8');
      const sha256 = hash('sha256', sql, 'hex');
      const before = applied.get(name);
      if (before === sha256) continue;
      if (before !== undefined) {
        throw new MigrationError(`Migration ${name} was edited after it ran. Restore it and add a new file instead.`);
      }
      await warehouse.command(`migration ${name}`, sql);
      now.push({ name, sha256 });
    }
  } finally {
    // Once, since a new database has many. Those that a crash forgets are run again.
    if (now.length > 0) await warehouse.insert('schema_migrations', now);
  }
  return now.map(({ name }) => name);
}

/** Whether the database has every migration of this version. */
export async function isMigrated(warehouse: Warehouse): Promise<boolean> {
  const applied = await appliedMigrations(warehouse);
  return (await migrationNames()).every((name) => applied.has(name));
}

async function migrationNames(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
}

async function appliedMigrations(warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.query({
    name: 'applied migrations',
    sql: 'SELECT name, sha256 FROM schema_migrations FINAL',
    row: z.object({ name: z.string(), sha256: z.string() }),
  });
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}
