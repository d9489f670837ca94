import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSchema } from '#clickhouse/schema/files.ts';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';
import { type Connection, connect, disconnect, query } from '#dev/chdb-server/engine/chdb.ts';
import { usersXml } from './users-xml.ts';

/*
 * The embedded engine cannot store users. It reads them from users.xml, with rights and row policies, and a view with
 * DEFINER runs as its user, so these tests see what a user of access.sql may read. What needs a server (passwords, CONST
 * settings, quotas, INSERT) is only parsed.
 */
const file = await readFile(new URL('../../clickhouse/schema/access.sql', import.meta.url), 'utf8');
const statements = read(file.replaceAll(/(^|\s)--.*$/gm, ''));
/** The user that writes, which is in a comment. */
const commented = read(file.slice(file.indexOf('-- CREATE DATABASE')).replaceAll(/^-- /gm, ''));

function read(sql: string): string[] {
  return sql
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
}

let directory: string;
let engine: Connection;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pump-access-'));
  await writeFile(join(directory, 'config.xml'), '<clickhouse/>');
  await writeFile(join(directory, 'users.xml'), usersXml(statements, { SQL_tenant_id: 'acme' }));
  engine = connect(join(directory, 'data'), [
    `--config-file=${join(directory, 'config.xml')}`,
    `--users_config=${join(directory, 'users.xml')}`,
  ]);
  for (const { sql } of (await readSchema()).flat()) await run(sql);
  for (const tenant of ['acme', 'other']) for (const insert of rowsOf(tenant)) await run(insert);
});
afterAll(async () => {
  disconnect(engine);
  await rm(directory, { recursive: true, force: true });
});

async function run(sql: string): Promise<string[]> {
  const { bytes } = await query(engine, sql, 'TSV');
  return new TextDecoder().decode(bytes).split('\n').filter(Boolean);
}

/** The rows of a query run as another user: a view with that DEFINER has the user's rights and row policies. */
async function as(user: string, select: string): Promise<string[]> {
  const view = `read_by_${user}_${Math.random().toString(36).slice(2)}`;
  await run(`CREATE VIEW ${view} DEFINER = ${user} SQL SECURITY DEFINER AS ${select}`);
  return run(`SELECT * FROM ${view} ORDER BY ALL`);
}

/** Something in every table, and so in every view: two days, one of them restated, whose price moved. */
function rowsOf(tenant: string): string[] {
  const key = `'${tenant}', 'i'`;
  const costs = (version: number, day: string, amount: number) =>
    `INSERT INTO cost_days (tenant_id, integration_id, day, version, items.project_id, items.api_key_id, items.user_id,
       items.line_item, items.service, items.model, items.token_type,
       items.unknown_qualifier, items.quantity_unit, items.quantity, items.amount)
     VALUES (${key}, '${day}', ${version}, ['p'], ['k'], ['u'], ['gpt-4o, input'], ['completions'], ['gpt-4o'], ['input'],
       ['x2'], ['tokens'], [1000], [${amount}])`;
  return [
    costs(1, '2026-01-01', 1),
    costs(2, '2026-01-01', 2),
    costs(2, '2026-01-02', 20),
    `INSERT INTO usage_days (tenant_id, integration_id, dataset, day, version, items.model, items.input_tokens)
     VALUES (${key}, 'usage/completions', '2026-01-01', 1, ['gpt-4o'], [999])`,
    `INSERT INTO day_reads (tenant_id, integration_id, dataset, day, version) VALUES (${key}, 'costs', '2026-01-01', 1)`,
    `INSERT INTO name_records (tenant_id, integration_id, kind, id, version) VALUES (${key}, 'project', 'p', 1)`,
    `INSERT INTO limit_days (tenant_id, integration_id, day, version, limits.kind, limits.limit_id, limits.project_id,
       limits.amount, limits.currency, limits.interval, limits.is_enforcing)
     VALUES (${key}, '2026-01-01', 1, ['hard_limit'], [''], [''], [100], ['usd'], ['month'], [false])`,
    `INSERT INTO integration_records (tenant_id, integration_id, version) VALUES (${key}, 1)`,
    `INSERT INTO credentials (tenant_id, credential_id, version) VALUES ('${tenant}', 'sealed', 1)`,
  ];
}

test('every statement is one that ClickHouse understands', async () => {
  expect(commented).toHaveLength(5);
  for (const statement of [...statements, ...commented]) {
    const filled = statement.replaceAll(/\{\w+: ?String\}/g, `'a password'`);
    expect(await run(`EXPLAIN AST ${filled}`)).not.toEqual([]);
  }
});

test('an analyst reads every view, and in it the own tenant alone', async () => {
  const views = await run(
    `SELECT name FROM system.tables WHERE database = 'default' AND engine = 'View' ORDER BY name`,
  );
  const seen = views.map(async (view) => {
    const tenant = view.startsWith('focus') ? 'x_TenantId' : 'tenant_id';
    return [view, await as('analyst', `SELECT DISTINCT ${tenant} FROM ${view}`)];
  });
  expect(await Promise.all(seen)).toEqual(views.map((view) => [view, ['acme']]));
});

test('an analyst reads the tables beneath for the own tenant alone, too', async () => {
  for (const table of INTEGRATION_TABLES.filter((name) => name !== 'alert_events')) {
    expect(await as('analyst', `SELECT DISTINCT tenant_id FROM ${table}`)).toEqual(['acme']);
    expect(await as('analyst', `SELECT toString(sum(1)) FROM ${table} WHERE tenant_id = 'other'`)).toEqual(['0']);
  }
});

// docs/adr/0033: the one thing that shows beneath the policies. Where this fails, ClickHouse has closed it.
test('an analyst may find out that a key of the index exists for another tenant, and nothing of its rows', async () => {
  const ranges = (condition: string) =>
    as(
      'analyst',
      `SELECT part_name FROM mergeTreeAnalyzeIndexes('default', 'cost_days', ${condition}) WHERE notEmpty(ranges)`,
    );
  expect(await ranges(`tenant_id = 'other'`)).not.toEqual([]);
  expect(await ranges(`tenant_id = 'zeta'`)).toEqual([]);
  expect(await as('analyst', `SELECT count() FROM cost_days WHERE tenant_id = 'other'`)).toEqual(['0']);
});

test('an analyst reads neither sealed keys nor what is not for analysts', async () => {
  for (const refused of [
    'ciphertext FROM credentials',
    'credential_id FROM credentials',
    'credential_id FROM integration_records',
    'title FROM alert_events',
    'ciphertext FROM channel_secrets',
    'name FROM channels',
    'outcome FROM deliveries',
    'total FROM cost_day_revisions_mv',
    'name FROM system.users',
  ]) {
    await expect(as('analyst', `SELECT ${refused}`), refused).rejects.toThrow('Not enough privileges');
  }
});

test('the API reads every tenant, and no sealed key; a worker reads those too', async () => {
  expect(await as('api', 'SELECT DISTINCT tenant_id FROM costs')).toEqual(['acme', 'other']);
  for (const table of ['credentials', 'channel_secrets'])
    await expect(as('api', `SELECT ciphertext FROM ${table}`)).rejects.toThrow('Not enough privileges');
  expect(await as('ingest', 'SELECT tenant_id FROM credentials')).toEqual(['acme', 'other']);
});

test('a worker changes no table, and only the migration does', () => {
  const granted = (user: string) =>
    statements.filter((statement) => /^GRANT/.test(statement) && statement.endsWith(` TO ${user}`));
  const purged = [...INTEGRATION_TABLES, 'budgets', 'credentials', 'channel_secrets'];
  expect(granted('ingest')).toEqual([
    'GRANT SELECT, INSERT ON * TO ingest',
    ...purged.map((table) => `GRANT ALTER DELETE ON ${table} TO ingest`),
    'GRANT SELECT ON system.mutations TO ingest',
  ]);
  expect(granted('migrate')).toEqual([
    expect.stringMatching('ALTER, CREATE TABLE'),
    'GRANT SELECT ON system.mutations TO migrate',
  ]);
});

test('a statement of each user has a limit of memory, and all of them together, which the user cannot lift', () => {
  const profiles = statements.filter((sql) => /SETTINGS PROFILE OR REPLACE (ingest|api|analysts)/.test(sql));
  expect(profiles).toHaveLength(3);
  for (const sql of profiles) {
    expect(sql).toMatch(/ max_memory_usage = 4000000000 MIN 1 MAX 4000000000,/);
    expect(sql).toMatch(/ max_memory_usage_for_user = \d+ CONST/);
  }
});

test('policies fail closed: on each table of tenants, they name who sees every tenant, and nobody else does', async () => {
  const every = statements.find((statement) => statement.includes('every_tenant')) ?? '';
  const tables = await run(
    `SELECT name FROM system.tables WHERE database = 'default' AND engine LIKE '%MergeTree'
     AND name IN (SELECT table FROM system.columns WHERE database = 'default' AND name = 'tenant_id') ORDER BY name`,
  );
  expect(tables).toContain('saved_views');
  expect(/ON (.*?)\s+USING/s.exec(every)?.[1]?.split(/,\s+/).sort()).toEqual(tables);
  expect(every).toMatch(/TO migrate, ingest, api, CURRENT_USER$/);
  expect(statements.join(';')).not.toMatch(/TO ALL/);
});
