import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readSchema } from '#clickhouse/schema/files.ts';
import { isMigrated, migrate } from '#clickhouse/schema/migrate.ts';
import { SCHEMA_VERSION } from '#clickhouse/schema/version.ts';
import { createEmptyDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(() => database.drop());

const record = (row: { name: string; kind: string; sha256: string; version?: number }) =>
  database.warehouse.insert('schema_migrations', [{ version: SCHEMA_VERSION, ...row }]);
const replaceView = (name: string) =>
  database.warehouse.command('a view', `CREATE OR REPLACE VIEW ${name} AS SELECT 1 AS x`);
const columnsOf = async (view: string) =>
  (
    await database.warehouse.query({
      name: 'columns',
      sql: `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {view: String}`,
      params: { view },
      row: z.object({ name: z.string() }),
    })
  ).map(({ name }) => name);

test('a new database gets every migration and every view, once', async () => {
  const names = (await readSchema()).flat().map(({ name }) => name);
  expect((await migrate(database.warehouse)).sort()).toEqual(names.sort());
  expect(await isMigrated(database.warehouse)).toBe(true);
  expect(await migrate(database.warehouse)).toEqual([]);
});

test('in a Replicated database, every table with rows is replicated', async () => {
  const { warehouse } = database;
  const made: string[] = [];
  // As such a database says, which the embedded engine cannot make.
  const query = (async (question: Parameters<typeof warehouse.query>[0]) =>
    question.name === 'database engine'
      ? [{ engine: 'Replicated' }]
      : warehouse.query(question)) as typeof warehouse.query;
  const command: typeof warehouse.command = async (name, sql, params) => {
    made.push(...[...sql.matchAll(/^ *ENGINE = (\w+)/gm)].map(([, engine = '']) => engine));
    return warehouse.command(name, sql.replaceAll('ENGINE = Replicated', 'ENGINE = '), params);
  };
  await migrate({ ...warehouse, query, command });
  expect(new Set(made)).toEqual(new Set(['ReplicatedReplacingMergeTree', 'ReplicatedSummingMergeTree']));
  expect(made.length).toBeGreaterThan(7);
});

test('of two that migrate at once, one waits for the other and finds nothing left', async () => {
  const waits: string[] = [];
  const migrateAs = (name: string) => migrate(database.warehouse, { onWait: () => waits.push(name) });
  const [first, second] = await Promise.all([migrateAs('first'), migrateAs('second')]);
  const [worked, waited] = first.length > 0 ? ['first', 'second'] : ['second', 'first'];
  expect(Math.min(first.length, second.length)).toBe(0);
  expect(waits, `${worked} worked`).toEqual([waited]);
  expect(await isMigrated(database.warehouse)).toBe(true);
  expect(await columnsOf('schema_lock')).toEqual([]);
});

test('a lock is taken over once its comment was the same for a minute, whatever time it says', async () => {
  const { warehouse } = database;
  const comment = (renewals: number) =>
    `COMMENT 'A process migrates this database, ${new Date(renewals).toISOString()}'`;
  await warehouse.command('a process', `CREATE TABLE schema_lock (since DateTime) ENGINE = Memory ${comment(0)}`);
  let looks = 0;
  const query: typeof warehouse.query = async (question) => {
    if (question.name === 'comment of the schema lock') {
      if (looks === 1) await warehouse.command('a renewal', `ALTER TABLE schema_lock MODIFY ${comment(1)}`);
      looks += 1;
      vi.advanceTimersByTime(60_000);
    }
    return warehouse.query(question);
  };
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    expect(await migrate({ ...warehouse, query })).not.toEqual([]);
  } finally {
    vi.useRealTimers();
  }
  expect(looks).toBe(3); // seen, renewed, abandoned
});

test('a view whose text has changed is applied again, and no other', async () => {
  await migrate(database.warehouse);
  await replaceView('costs');
  await record({ name: 'costs', kind: 'view', sha256: 'of another text' });
  expect(await isMigrated(database.warehouse)).toBe(false);
  expect(await migrate(database.warehouse)).toEqual(['costs']);
  expect(await columnsOf('costs')).toContain('amount');
  expect(await isMigrated(database.warehouse)).toBe(true);
});

test('what a crash left unrecorded is applied again, and keeps its rows', async () => {
  await migrate(database.warehouse);
  await database.warehouse.insert('name_records', [{ tenant_id: 't', integration_id: 'i', kind: 'user', id: 'u' }]);
  await database.warehouse.command('forget', 'TRUNCATE TABLE schema_migrations');
  expect(await isMigrated(database.warehouse)).toBe(false);
  await migrate(database.warehouse);
  const users = await database.warehouse.query({ name: 'users', sql: 'SELECT user_id FROM users', row: z.unknown() });
  expect(users).toEqual([{ user_id: 'u' }]);
});

test('what ran before a statement failed is recorded, and the next start continues from there', async () => {
  const { warehouse } = database;
  const command: typeof warehouse.command = async (name, ...rest) => {
    if (name === 'view users') throw new Error('the server went away');
    await warehouse.command(name, ...rest);
  };
  await expect(migrate({ ...warehouse, command })).rejects.toThrow('the server went away');
  const rest = await migrate(warehouse);
  expect(rest.sort()).toEqual([
    'focus',
    'focus_1_2',
    'model_days',
    'model_mismatches',
    'price_changes',
    'unit_costs',
    'users',
  ]);
});

test('a view without a file is dropped if a migration made it, and otherwise stays', async () => {
  await migrate(database.warehouse);
  await replaceView('made_by_an_analyst');
  await replaceView('made_by_us');
  await record({ name: 'made_by_us', kind: 'view', sha256: 'any' });
  expect(await isMigrated(database.warehouse)).toBe(false);
  expect(await migrate(database.warehouse)).toEqual(['made_by_us']);
  expect(await isMigrated(database.warehouse)).toBe(true);
  expect(await columnsOf('made_by_us')).toEqual([]);
  expect(await columnsOf('made_by_an_analyst')).toEqual(['x']);
});

test('a worker of an older version leaves what a newer one made', async () => {
  await migrate(database.warehouse);
  await replaceView('costs');
  await record({ name: 'costs', kind: 'view', sha256: 'of a newer text', version: SCHEMA_VERSION + 1 });
  expect(await migrate(database.warehouse)).toEqual([]);
  expect(await columnsOf('costs')).toEqual(['x']);
  // The API of the older version keeps serving while newer workers roll out.
  expect(await isMigrated(database.warehouse)).toBe(true);
});

test('a migration that was edited after it ran is refused', async () => {
  await migrate(database.warehouse);
  await record({ name: '001_cost_days.sql', kind: 'migration', sha256: 'of another text' });
  await expect(migrate(database.warehouse)).rejects.toThrow('001_cost_days.sql was edited after it ran');

  const { url, password, database: name } = database.options;
  const env = { ...process.env, CLICKHOUSE_URL: url, CLICKHOUSE_PASSWORD: password, CLICKHOUSE_DATABASE: name };
  const command = promisify(execFile)(process.execPath, ['worker/migrate.ts'], { env });
  await expect(command).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Migration 001_.+ it ran.*\n$/),
  });
});
