import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChangedFrom } from '#clickhouse/budgets/read-changed-from.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import { addDays, daysOf, startOfDay } from '#domain/day.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';

const PERIOD = { from: addDays(TODAY, -20), to: addDays(TODAY, 10) };
const LOST = addDays(TODAY, -15);
const key = (integration_id: string) => ({ tenant_id: 'tenant', integration_id });

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  // Shop's organization has every day; Lab's lacks one, and so does that of Old, which is disconnected.
  await write('shop', { status: 'connected' }, () => true);
  await write('lab', { status: 'action_required', problem: 'key_rejected' }, (day) => day !== LOST);
  await write('old', { status: 'disconnected', history_to: TODAY }, (day) => day !== LOST);
});
afterAll(() => database.drop());

async function write(project_id: string, said: object, isRead: (day: string) => boolean) {
  const { warehouse } = database;
  const connected_at = `${LOST}T00:00:00Z`;
  await writeIntegration(
    warehouse,
    integration({ ...key(project_id), connected_at, history_from: PERIOD.from, ...said }),
  );
  const days = daysOf({ from: PERIOD.from, to: TODAY }).filter(isRead);
  const facts = (day: string) => costDay(day, [billed('gpt-5, input', '1', '1', '', { project_id })], '1');
  await writeCostDays(warehouse, { ...key(project_id), version: startOfDay(TODAY) - 30 * 86_400_000 }, days.map(facts));
}
const spendOf = async (filters: Budget['filters']) => {
  const budget = { filters, currency: 'usd' };
  const { amount, missing_days } = await readSpend(database.warehouse, 'tenant', {
    budget,
    period: PERIOD,
    today: TODAY,
  });
  return [amount, missing_days.filter((day) => day < TODAY)];
};

test('days count as missing where they may still come and where a budget counts what costs there', async () => {
  expect(await spendOf({})).toEqual(['58', [LOST]]);
  expect(await spendOf({ project_id: ['shop'] })).toEqual(['20', []]);
  expect(await spendOf({ project_id: ['lab'] })).toEqual(['19', [LOST]]);
  expect(await spendOf({ project_id: ['shop', 'lab'] })).toEqual(['39', [LOST]]);
  expect(await spendOf({ project_id: ['old'] })).toEqual(['19', []]);
  expect(await spendOf({ integration_id: ['shop'] })).toEqual(['20', []]);
  // What never cost anything may be anywhere.
  expect(await spendOf({ project_id: ['new'] })).toEqual(['0', [LOST]]);
});

test('what changed lately begins with the first day that was written, not with the history before the connection', async () => {
  const { warehouse } = database;
  expect(await readChangedFrom(warehouse, key('shop'))).toBeUndefined();
  const restated = [addDays(LOST, -2), addDays(LOST, 3), addDays(TODAY, -1)].map((day) => costDay(day, [], '0'));
  await writeCostDays(warehouse, { ...key('shop'), version: Date.now() }, restated);
  expect(await readChangedFrom(warehouse, key('shop'))).toBe(addDays(LOST, 3));
});
