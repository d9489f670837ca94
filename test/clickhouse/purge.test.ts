import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { listAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { listBudgets, writeBudget } from '#clickhouse/budgets/budgets.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readRevision } from '#clickhouse/revision/data-revision.ts';
import { finishPurge, purgeIntegration } from '#clickhouse/writes/purge.ts';
import { budgetAlertOf } from '#domain/budgets/alert.ts';
import { DEFAULT_THRESHOLDS } from '#domain/budgets/budget.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { noting } from '../support/noting.ts';

const PERIOD = { from: '2026-06-01', to: '2026-07-01' };
const THRESHOLD = { of: 'actual', percent: 50 } as const;

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

async function write(tenant: string, budget_id: string, filters: Record<string, string[]>, isDeleted = false) {
  const budget = { budget_id, revision: 1, name: budget_id, filters, thresholds: DEFAULT_THRESHOLDS };
  const more = { period: 'month', amount: '100', currency: 'usd' } as const;
  await writeBudget(database.warehouse, tenant, { ...budget, ...more }, isDeleted);
  const none = { amount: null, spent: null, forecast: null, currency: 'usd' };
  await writeAlertEvent(database.warehouse, tenant, {
    subject: budgetAlertOf(budget, PERIOD, THRESHOLD),
    facts: { title: budget_id, text: 'Spent', day: PERIOD.from, filters, budget_name: budget_id, ...none },
    ...{ event: 'raised', sequence: 0, at: 1, is_quiet: false },
  });
}

test('a purge deletes the budgets of that organization alone, and their alerts', async () => {
  await write('one', 'once-of-all', {});
  await write('one', 'once-of-all', { integration_id: ['i'] });
  await write('one', 'of-it', { integration_id: ['i'], model: ['m'] });
  await write('one', 'deleted', { integration_id: ['i'] }, true);
  await write('one', 'of-two', { integration_id: ['i', 'j'] });
  await write('one', 'of-all', {});
  await write('two', 'of-it', { integration_id: ['i'] });
  const before = await readRevision(database.warehouse, 'one');
  await purgeIntegration(database.warehouse, { tenant_id: 'one', integration_id: 'i' }, randomUUID());
  expect(await readRevision(database.warehouse, 'one')).not.toBe(before);
  const left = async (tenant: string) => {
    const alerts = await listAlerts(database.warehouse, tenant, { limit: 10 });
    const budgets = await listBudgets(database.warehouse, tenant);
    return [budgets.map(({ name }) => name), alerts.map(({ title }) => title).sort()];
  };
  expect(await left('one')).toEqual([
    ['of-all', 'of-two'],
    ['of-all', 'of-two'],
  ]);
  expect(await left('two')).toEqual([['of-it'], ['of-it']]);
});

test('a purge asks for each deletion once, however often it is tried, and hides the rows until they are gone', async () => {
  const key = { tenant_id: 'three', integration_id: 'i' };
  const id = randomUUID();
  const { warehouse } = database;
  const write = (day: string, version: number) =>
    writeCostDays(warehouse, { ...key, version }, [costDay(day, [costItem({ amount: '1' })], '1')]);
  const count = async (settings: string) => {
    const sql = `SELECT count() AS days FROM cost_days WHERE tenant_id = 'three' ${settings}`;
    return (await warehouse.query({ name: 'days', sql, row: z.object({ days: z.coerce.number() }) }))[0]?.days;
  };
  const read = () => count('');
  const onDisk = () => count('SETTINGS apply_mutations_on_fly = 0');
  const statements: string[] = [];
  const noted = noting(warehouse, statements);
  // One row is of a clock that was ahead.
  for (const [day, version] of [['2026-01-01', 1] as const, ['2026-01-02', Date.now() + 7_200_000] as const])
    await write(day, version);
  await warehouse.command('hold mutations', 'SYSTEM STOP MERGES cost_days');
  const killed = () => Promise.reject(new Error('The worker was killed.'));
  const dying = (name: string): Warehouse['command'] =>
    name === 'purge name_records' ? killed : (...statement) => noted.command(...statement);
  const dyingWarehouse = { ...noted, command: (...it: Parameters<Warehouse['command']>) => dying(it[0])(...it) };
  await expect(purgeIntegration(dyingWarehouse, key, id)).rejects.toThrow('killed');
  const purgedAt = await purgeIntegration(noted, key, id);
  expect([await read(), await onDisk()]).toEqual([0, 2]);

  await write('2026-01-01', purgedAt + 1);
  await expect(finishPurge(noted, key, { id, purgedAt, sleep: killed })).rejects.toThrow('killed');
  expect([await read(), await onDisk()]).toEqual([1, 3]);
  const meanwhile = { started: false };
  const sleepOnce = async (milliseconds: number) => {
    if (!meanwhile.started) await warehouse.command('let mutations go on', 'SYSTEM START MERGES cost_days');
    meanwhile.started = true;
    await sleep(milliseconds);
  };
  await finishPurge(noted, key, { id, purgedAt, sleep: sleepOnce });
  expect([meanwhile.started, await read(), await onDisk()]).toEqual([true, 1, 1]);
  const asked = statements.filter((name) => name.startsWith('purge '));
  expect(asked).toEqual([...new Set(asked)]);
  expect(asked.at(-1)).toBe('purge integration_records');

  await write('2026-01-02', purgedAt - 1);
  await finishPurge(warehouse, key, { id: randomUUID(), purgedAt, sleep });
  expect(await onDisk()).toBe(1);
});
