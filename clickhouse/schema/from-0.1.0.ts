import { readFile } from 'node:fs/promises';
import type { Warehouse } from '../client/client.ts';
import { MigrationError, type SchemaRecord } from './records.ts';

const LAST_MIGRATION = '050_integrations_problems.sql';

/**
 * Prepares a database of version 0.1.0, whose tables already have their present columns, for this version's files.
 * Does nothing to a new database or one that was brought over before.
 * @throws MigrationError where 0.1.0 did not finish its own migrations
 */
export async function bringOver(warehouse: Warehouse, records: readonly SchemaRecord[]): Promise<void> {
  const before = records.filter(({ kind }) => kind === '');
  if (before.length === 0 || records.some(({ kind }) => kind === 'migration')) return;
  if (!before.some(({ name }) => name === LAST_MIGRATION)) {
    const last = before
      .map(({ name }) => name)
      .sort()
      .at(-1);
    throw new MigrationError(
      `Version 0.1.0 did not finish migrating this database: its last migration is ${last}, not ${LAST_MIGRATION}. ` +
        'Start a worker of version 0.1.0 once, until it logs "worker is ready"; then start this version again.',
    );
  }
  const sql = await readFile(new URL('from-0.1.0.sql', import.meta.url), 'utf8');
  for (const statement of sql.split(/;$/m).filter((text) => text.trim() !== '')) {
    await warehouse.command('bring 0.1.0 over', statement);
  }
}
