import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { listBudgets, writeBudget } from '#clickhouse/budgets/budgets.ts';
import { purgeIntegration } from '#clickhouse/writes/purge.ts';
import { budgetAlertOf } from '#domain/budgets/alert.ts';
import { DEFAULT_THRESHOLDS } from '#domain/budgets/budget.ts';
import { createDatabase, type Database } from '../support/database.ts';

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
  await purgeIntegration(database.warehouse, { tenant_id: 'one', integration_id: 'i' });
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
