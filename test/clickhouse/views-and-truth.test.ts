import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { toCostColumns, toCostDays } from '#activities/sync/to-cost-days.ts';
import { toCostRow } from '#clickhouse/day-rows/cost-days.ts';
import { writeDays } from '#clickhouse/writes/write-days.ts';
import { formatExact, parseExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { USAGE_ENDPOINTS } from '#domain/dataset.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { modelTruth } from './model-truth.ts';
import { priceTruth } from './price-truth.ts';

const range = { from: '2026-09-01', to: '2026-09-22' };
const key = { tenant_id: 't', integration_id: 'i' };
let database: Database;
let simulator: Simulator;

/** Three weeks of the simulated organization, written as a sync does. Every amount fits the scale: sums are exact. */
beforeAll(async () => {
  [database, simulator] = await Promise.all([createDatabase(), startSimulator({ today: range.to })]);
  const { warehouse } = database;
  const openai = createOpenAi({ baseUrl: simulator.url });
  const { admin } = simulator.keys;
  const [costs, totals] = await Promise.all([openai.costs(admin, range), openai.totals(admin, range)]);
  await writeDays(
    warehouse,
    key,
    toCostDays(toCostColumns(costs), totals).map((day) => toCostRow(1, day)),
  );
  for (const endpoint of USAGE_ENDPOINTS) {
    const { days } = await openai.usage(admin, endpoint, range);
    const rows = days.map(({ day, facts, dropped }) => ({ day, dropped_dimensions: dropped, items: facts }));
    await writeUsageDays(warehouse, { ...key, dataset: `usage/${endpoint}`, version: 1 }, rows);
  }
  await openai.close();
});
afterAll(() => Promise.all([simulator.close(), database.drop()]));

const query = <T extends z.ZodType>(sql: string, row: T) =>
  database.warehouse.query({ name: 'views', sql: sql.replace('…', `tenant_id = 't' AND integration_id = 'i'`), row });

test('model_days equals what the simulator knows, to the last digit of every number', async () => {
  const rows = await query(
    'SELECT * EXCEPT (tenant_id, integration_id, billed_models, used_models, currency) FROM model_days WHERE …',
    z.record(z.string(), z.string()),
  );
  const found = new Map(
    rows.map(({ day, project_id, model, ...numbers }) => [
      `${day} ${project_id} ${model}`,
      Object.fromEntries(Object.entries(numbers).filter(([, number]) => number !== '0')),
    ]),
  );
  expect(found.size).toBeGreaterThan(400);
  expect(found).toEqual(modelTruth(simulator.truth, range));
});

test('the costs of models plus the costs without a model are all costs', async () => {
  const [sums] = await query(
    `SELECT (SELECT sum(cost) FROM model_days WHERE …) AS models,
       sumIf(amount, model = '') AS others, sum(amount) AS everything, models + others = everything AS equal
     FROM costs WHERE tenant_id = 't' AND integration_id = 'i'`,
    z.object({ everything: z.string(), others: z.string(), equal: z.number() }),
  );
  const amounts = simulator.truth.days(range.from, range.to).flatMap(({ facts }) => facts.map(({ amount }) => amount));
  const total = amounts.reduce((sum, amount) => sum + parseExact(amount), 0n);
  expect(sums).toMatchObject({ everything: formatExact(total), equal: 1 });
  expect(sums?.others).not.toBe('0');
});

test('model_mismatches shows what only one side knows or names differently, and nothing else', async () => {
  const rows = await query(
    `SELECT model, unit, kind FROM model_mismatches WHERE … GROUP BY ALL ORDER BY ALL`,
    z.object({ model: z.string(), unit: z.string(), kind: z.string() }),
  );
  expect(rows).toEqual([
    { model: 'chat-latest', unit: 'tokens', kind: 'cost_without_usage' },
    { model: 'codex-mini-latest', unit: 'tokens', kind: 'usage_without_cost' },
    { model: 'gpt-6-astra', unit: 'tokens', kind: 'usage_without_cost' },
    { model: 'gpt-image-2', unit: 'tokens', kind: 'names_differ' },
    { model: 'omni-moderation', unit: 'tokens', kind: 'usage_without_cost' },
    { model: 'omni-moderation-latest', unit: 'tokens', kind: 'usage_without_cost' },
    // The bill says whisper, in hundredths of minutes, and whisper-1; the usage whisper-1 alone, in whole seconds.
    { model: 'whisper-1', unit: 'seconds', kind: 'names_differ' },
    { model: 'whisper-1', unit: 'seconds', kind: 'quantities_differ' },
  ]);
});

test('unit_costs equals what the simulator knows, to the last digit of every price', async () => {
  const rows = await query(
    `SELECT [toString(day), product, token_type, modality, service_tier, toString(long_context), unit] AS name,
       amount, quantity, unit_cost
     FROM unit_costs WHERE …`,
    z.object({ name: z.array(z.string()), amount: z.string(), quantity: z.string(), unit_cost: z.string() }),
  );
  const found = new Map(
    rows.map(({ name, amount, quantity, unit_cost }) => [name.join(' '), [amount, quantity, unit_cost]]),
  );
  expect(found.size).toBe(rows.length);
  expect(found).toEqual(priceTruth(simulator.truth, range));
});

test('price_changes finds the one price cut, and nothing else', async () => {
  const changes = await query(
    `SELECT day, previous_day, model, token_type, round(new_unit_cost, 6) AS price, round(change_percent, 3) AS percent
     FROM price_changes WHERE … ORDER BY token_type`,
    z.record(z.string(), z.string()),
  );
  const cut = { day: '2026-09-15', previous_day: '2026-09-01', model: 'gpt-5.6-luna', percent: '-50' };
  expect(changes).toEqual([
    { ...cut, token_type: 'cache_write', price: '0.5' },
    { ...cut, token_type: 'cached_input', price: '0.04' },
    { ...cut, token_type: 'input', price: '0.4' },
    { ...cut, token_type: 'output', price: '3.2' },
  ]);
});
