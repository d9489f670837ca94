import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { listAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { listBudgets, writeBudget } from '#clickhouse/budgets/budgets.ts';
import { readRevision } from '#clickhouse/revision/data-revision.ts';
import { purgeIntegration } from '#clickhouse/writes/purge.ts';
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
  await purgeIntegration(database.warehouse, { tenant_id: 'one', integration_id: 'i' }, { id: randomUUID(), sleep });
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

test('a purge asks for each deletion once, however often it is tried, and waits until all are done', async () => {
  const key = { tenant_id: 'three', integration_id: 'i' };
  const id = randomUUID();
  const { warehouse } = database;
  await writeCostDays(warehouse, { ...key, version: 1 }, [costDay('2026-01-01', [costItem({ amount: '1' })], '1')]);
  const days = async () => {
    const sql = `SELECT count() AS days FROM cost_days WHERE tenant_id = 'three'`;
    return (await warehouse.query({ name: 'days', sql, row: z.object({ days: z.coerce.number() }) }))[0]?.days;
  };
  const statements: string[] = [];
  await warehouse.command('hold mutations', 'SYSTEM STOP MERGES cost_days');
  const givenUp = () => Promise.reject(new Error('The worker was killed.'));
  for (const attempt of [1, 2])
    await expect(
      purgeIntegration(noting(warehouse, statements), key, { id, sleep: givenUp }),
      `attempt ${attempt}`,
    ).rejects.toThrow('killed');
  expect(await days()).toBe(1);

  const meanwhile = { started: false };
  const waiting = async (milliseconds: number) => {
    if (!meanwhile.started) await warehouse.command('let mutations go on', 'SYSTEM START MERGES cost_days');
    meanwhile.started = true;
    await sleep(milliseconds);
  };
  await purgeIntegration(noting(warehouse, statements), key, { id, sleep: waiting });
  expect([meanwhile.started, await days()]).toEqual([true, 0]);
  const asked = statements.filter((name) => name.startsWith('purge '));
  expect(asked).toEqual([...new Set(asked)]);
  expect(asked.at(-1)).toBe('purge integration_records');
});
