import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type CostItem, writeCostDays } from '../../clickhouse/cost-days.ts';
import { billed, costDay } from '../cost-fixtures.ts';
import { createDatabase, type Database } from '../database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** Bills the days of an integration of the test's own, the first of January 2026 first. */
async function bill(integration_id: string, ...days: CostItem[][]): Promise<void> {
  const dated = days.map((items, index) => costDay(`2026-01-${String(index + 1).padStart(2, '0')}`, items));
  await writeCostDays(database.warehouse, { tenant_id: 't', integration_id, version: 1 }, dated);
}
const ask = (columns: string, view: string, integration_id: string) =>
  database.warehouse.query({
    name: view,
    sql: `SELECT ${columns} FROM ${view} WHERE tenant_id = 't' AND integration_id = {integration_id: String} ORDER BY ALL`,
    params: { integration_id },
    row: z.record(z.string(), z.union([z.string(), z.boolean()])).transform((row) => Object.values(row)),
  });

test('every unit has its price, whatever unit the bill counts in', async () => {
  await bill('units', [
    billed('gpt-4o, input', '2.5', '1000000', 'tokens'),
    billed('gpt-4o, output', '0.01', '1', '1000_tokens'),
    billed('gpt-4o, output', '0.01', '1000', 'tokens'),
    billed('priority | gpt-4o, output, long context', '1', '3', 'tokens'),
    billed('dall-e-3', '0.08', '2', 'images'),
    billed('whisper', '0.003', '30', 'duration_seconds'),
    billed('whisper', '0.006', '1', 'duration_minutes'),
    billed('whisper', '0.36', '1', 'duration_hours'),
    billed('tts-1', '0.03', '2000', 'characters'),
    billed('vector storage', '0.1', '0.5', 'gibibyte_hours'),
    billed('file storage', '0.1', '1', 'gibibyte_hours'),
    billed('code interpreter', '0.03', '1', 'sessions'),
    billed('web search tool calls', '1'),
    billed('gpt-4o, cached input', '1', '0', 'tokens'),
  ]);
  expect(
    await ask('product, token_type, service_tier, long_context, unit, unit_cost, quantity', 'unit_costs', 'units'),
  ).toEqual([
    ['dall-e-3', 'none', '', false, 'images', '0.04', '2'],
    ['file storage', 'none', '', false, 'gibibyte_hours', '0.1', '1'],
    ['gpt-4o', 'input', '', false, '1000000_tokens', '2.5', '1000000'],
    ['gpt-4o', 'output', '', false, '1000000_tokens', '10', '2000'],
    ['gpt-4o', 'output', 'priority', true, '1000000_tokens', '333333.333333333333333333', '3'],
    ['tts-1', 'none', '', false, '1000_characters', '0.015', '2000'],
    ['vector storage', 'none', '', false, 'gibibyte_hours', '0.2', '0.5'],
    ['whisper', 'none', '', false, 'duration_minutes', '0.006', '3690'],
  ]);
});

test('what is free is no price of 0, and a credit no lower price', async () => {
  await bill('free', [
    billed('gpt-4o, input', '2', '1000000', 'tokens', { project_id: 'pays' }),
    billed('gpt-4o, input', '0', '3000000', 'tokens', { project_id: 'free' }),
    billed('gpt-4o, input', '-0.5', '1000000', 'tokens', { project_id: 'corrected' }),
    billed('gpt-4o, output', '0', '5', 'tokens'),
    billed('gpt-4o, cached input', '-1', '5', 'tokens'),
    billed('gpt-4o, cache writes', '1', '-5', 'tokens'),
  ]);
  expect(
    await ask('token_type, unit_cost, amount, quantity, facts, free_quantity, credit', 'unit_costs', 'free'),
  ).toEqual([['input', '2', '2', '1000000', '1', '3000000', '-0.5']]);
});

test('the largest amounts and the smallest quantities that can be stored have a price', async () => {
  await bill('large', [
    billed('gpt-4o, input', '12345678901234567890.123456789012345678', '1', 'tokens'),
    billed('gpt-4o, output', '1', '0.000000000000000001', 'tokens'),
  ]);
  expect(await ask('token_type, unit_cost', 'unit_costs', 'large')).toEqual([
    ['input', '12345678901234567890123456.789012345678'],
    ['output', '1000000000000000000000000'],
  ]);
});

test('a price that moves by more than 1 % is found against the last day that had one', async () => {
  await bill(
    'moves',
    [billed('gpt-4o, input', '2', '1000000', 'tokens'), billed('gpt-4o, output', '10', '1000000', 'tokens')],
    [billed('gpt-4o, input', '0', '1000000', 'tokens'), billed('gpt-4o, output', '10.1', '1000000', 'tokens')],
    [billed('gpt-4o, input', '0.5', '500000', 'tokens'), billed('gpt-4o, output', '10.202', '1000000', 'tokens')],
    [billed('gpt-4o, input', '1', '1', '1000_tokens'), billed('batch | gpt-4o, output', '5', '1000000', 'tokens')],
  );
  const columns = 'day, previous_day, token_type, old_unit_cost, new_unit_cost, change_percent';
  expect(await ask(columns, 'price_changes', 'moves')).toEqual([
    ['2026-01-03', '2026-01-01', 'input', '2', '1', '-50'],
    // From 10 to 10.1 it is 1 %, not more; from 10.1 to 10.202 it is.
    ['2026-01-03', '2026-01-02', 'output', '10.1', '10.202', '1.0099'],
    ['2026-01-04', '2026-01-03', 'input', '1', '1000', '99900'],
  ]);
});

test('rounding moves no price, and a day too small to tell hides no change', async () => {
  // 0.40 dollars per million, billed in millionths: 3 tokens are 0.000001, which looks like 0.33.
  await bill(
    'rounded',
    [billed('gpt-4o, input', '4', '10000000', 'tokens')],
    [billed('gpt-4o, input', '0.000001', '3', 'tokens')],
    [billed('gpt-4o, input', '0.000004', '9', 'tokens')],
    [billed('gpt-4o, input', '0.001334', '3334', 'tokens')],
    [billed('gpt-4o, input', '0.000003', '13', 'tokens')],
    [billed('gpt-4o, input', '0.000667', '3334', 'tokens')],
  );
  expect(await ask('day, old_unit_cost, new_unit_cost', 'price_changes', 'rounded')).toEqual([
    ['2026-01-06', '0.40011997600479904', '0.20005998800239952'],
  ]);
  // The same few tokens with all their digits do tell.
  await bill(
    'exact',
    [billed('gpt-4o, input', '0.0000012345', '3', 'tokens')],
    [billed('gpt-4o, input', '0.00000061725', '3', 'tokens')],
  );
  expect(await ask('day, old_unit_cost, new_unit_cost', 'price_changes', 'exact')).toEqual([
    ['2026-01-02', '0.4115', '0.20575'],
  ]);
});
