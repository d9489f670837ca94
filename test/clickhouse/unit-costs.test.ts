import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { CostItem } from '#clickhouse/day-rows/cost-days.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

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
const select = (columns: string, view: string, integration_id: string) =>
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
    await select('product, token_type, service_tier, long_context, unit, unit_cost, quantity', 'unit_costs', 'units'),
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

test('a free quantity is no price of 0, and a credit lowers no price', async () => {
  await bill('free', [
    billed('gpt-4o, input', '2', '1000000', 'tokens', { project_id: 'pays' }),
    billed('gpt-4o, input', '0', '3000000', 'tokens', { project_id: 'free' }),
    billed('gpt-4o, input', '0', '-3000000', 'tokens', { project_id: 'taken back' }),
    billed('gpt-4o, input', '-0.5', '1000000', 'tokens', { project_id: 'corrected' }),
    billed('gpt-4o, output', '0', '5', 'tokens'),
    billed('gpt-4o, cached input', '-1', '5', 'tokens'),
    billed('gpt-4o, cache writes', '1', '-5', 'tokens'),
  ]);
  expect(
    await select('token_type, unit_cost, amount, quantity, facts, free_quantity, credit', 'unit_costs', 'free'),
  ).toEqual([['input', '2', '2', '1000000', '1', '3000000', '-0.5']]);
});

test('the credits of a SKU are its negative amounts in the unit, whatever their quantity', async () => {
  await bill('credits', [
    billed('gpt-4o, input', '10', '1000000', 'tokens'),
    billed('gpt-4o, input', '-4', null, 'tokens', { project_id: 'a' }),
    billed('gpt-4o, input', '-3', '-300000', 'tokens', { project_id: 'b' }),
    billed('gpt-4o, input', '-2', '5', '1000_tokens', { project_id: 'c' }),
    billed('gpt-4o, input', '-1', '0', 'tokens', { project_id: 'd' }),
    billed('gpt-4o, input', '-100', null, '', { project_id: 'no unit' }),
    billed('gpt-4o, output', '-200', '5', 'tokens'),
  ]);
  const columns = 'token_type, unit_cost, amount, quantity, facts, free_quantity, credit';
  expect(await select(columns, 'unit_costs', 'credits')).toEqual([['input', '10', '10', '1000000', '1', '0', '-10']]);
});

test('a SKU without a price does not break the prices of others, not even within a join', async () => {
  await bill('joined', [
    billed('gpt-4o, input', '2', '1000000', 'tokens'),
    billed('gpt-4o, output', '0', '5', 'tokens'),
    billed('gpt-4o, cached input', '-1', '5', 'tokens'),
    billed('dall-e-3', '-1', null, 'images'),
  ]);
  await writeIntegration(database.warehouse, {
    tenant_id: 't',
    integration_id: 'joined',
    organization_id: '',
    organization_name: 'Acme',
    status: 'connected',
    problem: '',
    credential_id: '',
    connected_at: '2026-01-01T00:00:00Z',
    history_from: '2026-01-01',
    history_to: '2026-01-02',
  });
  for (const view of ['unit_costs', 'price_changes']) {
    const rows = await database.warehouse.query({
      name: 'join',
      sql: `SELECT * FROM ${view} INNER JOIN integrations USING (tenant_id, integration_id)
            WHERE tenant_id = 't' AND integration_id = 'joined'`,
      row: z.looseObject({ token_type: z.string() }),
    });
    expect(rows.map(({ token_type }) => token_type)).toEqual(view === 'unit_costs' ? ['input'] : []);
  }
});

test('quantities of 20 digits are counted, also in thousands and in several facts', async () => {
  const most = '99999999999999999999';
  await bill('wide', [
    billed('gpt-4o, input', '1', most, '1000_tokens', { project_id: 'a' }),
    billed('gpt-4o, input', '1', most, '1000_tokens', { project_id: 'b' }),
    billed('gpt-4o, input', '0', most, '1000_tokens', { project_id: 'c' }),
    billed('whisper-1', '1', most, 'duration_hours'),
  ]);
  expect(await select('unit, quantity, free_quantity', 'unit_costs', 'wide')).toEqual([
    ['1000000_tokens', '199999999999999999998000', '99999999999999999999000'],
    ['duration_minutes', '359999999999999999996400', '0'],
  ]);
  expect(await select('name, quantity', 'model_quantities', 'wide')).toEqual([
    ['gpt-4o', '99999999999999999999000'],
    ['gpt-4o', '99999999999999999999000'],
    ['gpt-4o', '99999999999999999999000'],
    ['whisper-1', '359999999999999999996400'],
  ]);
  expect(await select('model, input_uncached_tokens, seconds', 'model_days', 'wide')).toEqual([
    ['gpt-4o', '99999999999999999999000', '0'],
    ['gpt-4o', '99999999999999999999000', '0'],
    ['gpt-4o', '99999999999999999999000', '0'],
    ['whisper-1', '0', '359999999999999999996400'],
  ]);
});

test('the largest amounts and the smallest quantities that can be stored have a price', async () => {
  await bill('large', [
    billed('gpt-4o, input', '12345678901234567890.123456789012345678', '1', 'tokens'),
    billed('gpt-4o, output', '1', '0.000000000000000001', 'tokens'),
  ]);
  expect(await select('token_type, unit_cost', 'unit_costs', 'large')).toEqual([
    ['input', '12345678901234567890123456.789012345678'],
    ['output', '1000000000000000000000000'],
  ]);
});

test('a price that has moved by more than 1 % is found, at once or little by little', async () => {
  await bill(
    'moves',
    [billed('gpt-4o, input', '2', '1000000', 'tokens'), billed('gpt-4o, output', '10', '1000000', 'tokens')],
    [billed('gpt-4o, input', '0', '1000000', 'tokens'), billed('gpt-4o, output', '10.1', '1000000', 'tokens')],
    [billed('gpt-4o, input', '0.5', '500000', 'tokens'), billed('gpt-4o, output', '10.202', '1000000', 'tokens')],
    [billed('gpt-4o, input', '1', '1', '1000_tokens'), billed('batch | gpt-4o, output', '5', '1000000', 'tokens')],
  );
  const columns = 'day, previous_day, token_type, old_unit_cost, new_unit_cost, change_percent';
  expect(await select(columns, 'price_changes', 'moves')).toEqual([
    ['2026-01-03', '2026-01-01', 'input', '2', '1', '-50'],
    // From 10 to 10.1 it is 1 %, not more; from 10 to 10.202 it is.
    ['2026-01-03', '2026-01-01', 'output', '10', '10.202', '2.02'],
    ['2026-01-04', '2026-01-03', 'input', '1', '1000', '99900'],
  ]);
});

test('a project that pays another price changes no price, however the mix of projects moves', async () => {
  const global = (amount: string, quantity = '1000000') =>
    billed('gpt-5.6-sol, input', amount, quantity, 'tokens', { project_id: 'proj_global' });
  const european = (amount: string, quantity = '1000000') =>
    billed('gpt-5.6-sol, input', amount, quantity, 'tokens', { project_id: 'proj_eu' });
  await bill(
    'mix',
    [global('5')],
    [global('5')],
    [global('2.5', '500000'), european('2.75', '500000')],
    [european('5.5')],
    [european('5.5')],
  );
  expect(await select('day, old_unit_cost, new_unit_cost', 'price_changes', 'mix')).toEqual([]);
  expect(await select('day, unit_cost', 'unit_costs', 'mix')).toEqual([
    ['2026-01-01', '5'],
    ['2026-01-02', '5'],
    ['2026-01-03', '5.25'],
    ['2026-01-04', '5.5'],
    ['2026-01-05', '5.5'],
  ]);

  // Where projects pay different prices, each price that changes is told.
  await bill(
    'each',
    [global('5'), european('5.5')],
    [global('6'), european('4')],
    [european('6.6'), global('6'), european('1', '0')],
  );
  expect(await select('day, old_unit_cost, new_unit_cost', 'price_changes', 'each')).toEqual([
    ['2026-01-02', '5', '6'],
    ['2026-01-02', '5.5', '4'],
    ['2026-01-03', '4', '6.6'],
  ]);
});

test('a change that several projects see is one, also where some of them see it later', async () => {
  const by = (project_id: string, price: string) => billed('gpt-5, input', price, '1000000', 'tokens', { project_id });
  await bill(
    'one change',
    [by('a', '2'), by('b', '2.001'), by('away', '2')],
    [by('a', '2'), by('b', '2.001')],
    [by('a', '1'), by('b', '1.001')],
    [by('a', '1'), by('away', '1')],
    [by('a', '2'), by('away', '1')],
    [by('a', '1'), by('away', '2')],
    [by('away', '1')],
  );
  // From the fourth day on a and away go their own ways: each of their changes is told.
  expect(await select('day, previous_day, old_unit_cost, new_unit_cost', 'price_changes', 'one change')).toEqual([
    ['2026-01-03', '2026-01-01', '2.0005', '1.0005'],
    ['2026-01-05', '2026-01-03', '1', '2'],
    ['2026-01-06', '2026-01-04', '1', '2'],
    ['2026-01-06', '2026-01-05', '2', '1'],
    ['2026-01-07', '2026-01-06', '2', '1'],
  ]);
});

test('a price that creeps is reported each time that it has moved by 1 % in all', async () => {
  const daily = ['1', '1.009', '1.018', '1.027', '1.036', '1.045', '1.036', '1.027', '1.018'];
  await bill('creeps', ...daily.map((price) => [billed('gpt-4o, input', price, '1000000', 'tokens')]));
  expect(await select('day, previous_day, old_unit_cost, new_unit_cost', 'price_changes', 'creeps')).toEqual([
    ['2026-01-03', '2026-01-01', '1', '1.018'],
    ['2026-01-05', '2026-01-03', '1.018', '1.036'],
    ['2026-01-09', '2026-01-05', '1.036', '1.018'],
  ]);
});

test('rounding moves no price, and a day with amounts too small to compare hides no change', async () => {
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
  expect(await select('day, old_unit_cost, new_unit_cost', 'price_changes', 'rounded')).toEqual([
    ['2026-01-06', '0.4', '0.20005998800239952'],
  ]);
  // With all digits of the amount, the same few tokens are enough.
  await bill(
    'exact',
    [billed('gpt-4o, input', '0.0000012345', '3', 'tokens')],
    [billed('gpt-4o, input', '0.00000061725', '3', 'tokens')],
  );
  expect(await select('day, old_unit_cost, new_unit_cost', 'price_changes', 'exact')).toEqual([
    ['2026-01-02', '0.4115', '0.20575'],
  ]);
});

test('prices by retention and region are told apart, and a new word makes no price of another SKU', async () => {
  await bill('qualifiers', [
    billed('gpt-6-astra, cache writes', '1', '1000000', 'tokens'),
    billed('gpt-6-astra, 12h cache writes', '2', '1000000', 'tokens'),
    billed('gpt-6-astra, cache_write_30m_tokens', '3', '1000000', 'tokens'),
    billed('gpt-6-astra, output, regional processing', '4', '1000000', 'tokens'),
    billed('gpt-6-astra, output', '5', '1000000', 'tokens'),
    billed('gpt-6-astra, output, x2', '10', '1000000', 'tokens'),
  ]);
  expect(await select('token_type, qualifier, unit_cost', 'unit_costs', 'qualifiers')).toEqual([
    ['cache_write', '', '1'],
    ['cache_write', '12h', '2'],
    ['cache_write', '30m', '3'],
    ['output', '', '5'],
    ['output', 'regional processing', '4'],
    ['output', 'x2', '10'],
  ]);
});

test('what is not understood of the bill is listed with its money, and nothing else', async () => {
  await bill(
    'unknown',
    [billed('gpt-5, input', '1'), billed('gpt-5, input, x2', '0.5'), billed('mystery', '2')],
    [billed('mystery', '-0.25'), billed('', '3'), billed('gpt-5, input, eu', '1')],
  );
  expect(
    await select('line_item, unknown, is_classified, first_day, last_day, amount', 'unknown_line_items', 'unknown'),
  ).toEqual([
    ['', '', false, '2026-01-02', '2026-01-02', '3'],
    ['gpt-5, input, x2', 'x2', true, '2026-01-01', '2026-01-01', '0.5'],
    ['mystery', 'mystery', false, '2026-01-01', '2026-01-02', '1.75'],
  ]);
});
