import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { planSync } from '#activities/sync/plan-sync.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays, daysOf } from '#domain/day.ts';
import type { Reread } from '#domain/sync.ts';
import { costDay } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';

const key = { tenant_id: 'acme', integration_id: 'openai-1' };
/** Days before today that are read already: on both sides of both limits. */
const STORED = [7, 8, 35, 36];
const ago = (days: number) => addDays(TODAY, -days);

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeIntegration(database.warehouse, { ...integration(key), history_from: ago(60), history_to: ago(-1) });
  const read = { ...key, version: Date.now() };
  await writeCostDays(
    database.warehouse,
    read,
    STORED.map((days) => costDay(ago(days), [])),
  );
});
afterAll(() => database.drop());

test.each<[Reread, stored: number[], unnamedSince: string | null]>([
  ['none', [], ago(60)],
  ['recent', [7], ago(7)],
  ['weekly', [7, 8, 35], null],
  ['all', [7, 8, 35, 36], ago(60)],
])('of the stored days, a sync that reads %s again plans %j', async (reread, stored, unnamedSince) => {
  const dependencies = { warehouse: database.warehouse, rereading: { reread_days: 7, reread_days_weekly: 35 } };
  const plan = await planSync(dependencies as Dependencies, { ...key, to: ago(-1), reread });
  const planned = plan.costs.flatMap(daysOf);
  expect(STORED.filter((days) => planned.includes(ago(days)))).toEqual(stored);
  expect(planned).toEqual(expect.arrayContaining([TODAY, ago(1), ago(34), ago(60)]));
  expect(plan.unnamed_since).toBe(unnamedSince);
});

test('beside a backfill, which reads the rest, a daily sync plans only the days that it reads again', async () => {
  const beside = { ...key, integration_id: 'backfilling' };
  const history = { history_from: ago(60), history_to: ago(-1), status: 'backfilling' as const };
  await writeIntegration(database.warehouse, { ...integration(beside), ...history });
  const planned = async (reread: Reread) => {
    const dependencies = { warehouse: database.warehouse, rereading: { reread_days: 7, reread_days_weekly: 35 } };
    const { costs } = await planSync(dependencies as Dependencies, { ...beside, to: ago(-1), reread });
    return costs.flatMap(daysOf).sort().at(0);
  };
  expect([await planned('recent'), await planned('weekly'), await planned('none')]).toEqual([ago(7), ago(35), ago(60)]);
});
