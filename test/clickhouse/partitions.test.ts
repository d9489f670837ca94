import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { finishPurge, purgeIntegration } from '#clickhouse/writes/purge.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { AT_ONCE, createEmptyDatabase, type Database } from '../support/database.ts';

// A database whose tables have no partitions, as earlier versions made it, is copied while others write and purge.
const TABLES = ['cost_day_revisions', 'cost_days', 'day_reads', 'usage_days'];
let database: Database;
beforeAll(async () => {
  database = await createEmptyDatabase();
  const { warehouse } = database;
  await migrate({
    ...warehouse,
    command: (name, sql, params) => warehouse.command(name, sql.replace(/^PARTITION BY .*$/m, ''), params),
    query: ((query: Parameters<typeof warehouse.query>[0]) =>
      query.name === 'tables with partitions' ? [] : warehouse.query(query)) as typeof warehouse.query,
  });
  for (const tenant of ['one', 'two', 'three', 'purged', 'late']) await write(tenant, '2026-01-01', 1);
});
afterAll(() => database.drop());

const keyOf = (tenant_id: string) => ({ tenant_id, integration_id: 'i' });
const write = (tenant: string, day: string, version: number) =>
  writeCostDays(database.warehouse, { ...keyOf(tenant), version }, [costDay(day, [costItem({ amount: '1' })], '1')]);

/** The days of each tenant in a table, as `tenant day`. */
async function daysIn(table: string): Promise<string[]> {
  const sql = `SELECT concat(tenant_id, ' ', toString(day)) AS day FROM ${table} FINAL ORDER BY ALL`;
  const rows = await database.warehouse.query({ name: 'days', sql, row: z.object({ day: z.string() }) });
  return rows.map(({ day }) => day);
}
async function tables(): Promise<string[]> {
  const sql = `SELECT name FROM system.tables
    WHERE database = currentDatabase() AND (partition_key != '' OR name LIKE '%\\_by\\_tenant\\_%') ORDER BY name`;
  const rows = await database.warehouse.query({ name: 'tables', sql, row: z.object({ name: z.string() }) });
  return rows.map(({ name }) => name);
}
/** Does something before the statement of this name runs. */
function before(name: string, run: () => Promise<unknown>): Warehouse {
  const { warehouse } = database;
  const command: Warehouse['command'] = async (...statement) => {
    if (statement[0] === name) await run();
    return warehouse.command(...statement);
  };
  return { ...warehouse, command };
}

test('a copy that was killed begins again, and nothing that is written or purged meanwhile is lost or back', async () => {
  const { warehouse } = database;
  const killed = before('copy cost_days', () => Promise.reject(new Error('killed')));
  await expect(migrate(killed, AT_ONCE)).rejects.toThrow('killed');
  expect((await tables()).filter((name) => name.includes('_by_tenant_'))).not.toEqual([]);
  await write('one', '2026-01-02', 2); // into the table, and into what is left of the copy

  const careless: Warehouse['command'] = async (...statement) => {
    if (statement[0] !== 'copy cost_days') await warehouse.command(...statement);
  };
  await expect(migrate({ ...warehouse, command: careless }, AT_ONCE)).rejects.toThrow('lacks rows');

  // An earlier version files its deletions for the whole table.
  const purge = (tenant: string) =>
    warehouse.command('purge', `ALTER TABLE cost_days DELETE WHERE tenant_id = '${tenant}' AND version < 3`);
  let duringCopy: Promise<unknown> = Promise.resolve();
  const busy = before('exchange cost_days', async () => {
    duringCopy = Promise.all([write('two', '2026-01-02', 2), write('purged', '2026-01-03', 4)]);
    await duringCopy;
    await purge('late'); // after the copy has repeated deletions
  });
  const command: Warehouse['command'] = async (...statement) => {
    await busy.command(...statement);
    if (statement[0] === 'copy cost_days') await purge('purged');
  };
  const copied = await migrate({ ...busy, command }, AT_ONCE);
  // The first of them was exchanged before the kill.
  expect(copied.filter((name) => name.endsWith(' by tenant'))).toEqual(
    TABLES.slice(1).map((table) => `${table} by tenant`),
  );
  await write('three', '2026-01-02', 2);

  expect(await tables()).toEqual(TABLES);
  const days = ['one 2026-01-01', 'one 2026-01-02', 'purged 2026-01-03', 'three 2026-01-01', 'three 2026-01-02'];
  expect(await daysIn('cost_days')).toEqual([...days, 'two 2026-01-01', 'two 2026-01-02']);
  for (const table of ['day_reads', 'cost_day_revisions'])
    expect(await daysIn(table)).toEqual(
      ['late 2026-01-01', ...days, 'purged 2026-01-01', 'two 2026-01-01', 'two 2026-01-02'].sort(),
    );
  expect(await migrate(warehouse, AT_ONCE)).toEqual([]);
});

test('a purge files its mutations for the partition of the tenant', async () => {
  const { warehouse } = database;
  const id = randomUUID();
  const purgedAt = await purgeIntegration(warehouse, keyOf('one'), id);
  await finishPurge(warehouse, keyOf('one'), { id, purgedAt, sleep });
  const rows = await warehouse.query({
    name: 'mutations',
    sql: `SELECT mutations.table AS name FROM system.mutations
          WHERE database = currentDatabase() AND command LIKE '%IN PARTITION ID%' AND position(command, {id: String}) > 0
          ORDER BY name`,
    params: { id },
    row: z.object({ name: z.string() }),
  });
  expect(rows.map(({ name }) => name)).toEqual(TABLES);
  for (const table of TABLES) expect((await daysIn(table)).filter((day) => day.startsWith('one'))).toEqual([]);
  expect(await daysIn('cost_days')).toContain('two 2026-01-02');
});
