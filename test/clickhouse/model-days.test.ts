import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { CostItem } from '#clickhouse/day-rows/cost-days.ts';
import type { UsageItem } from '#clickhouse/day-rows/usage-days.ts';
import type { UsageDataset } from '#domain/dataset.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { usageDay, usageItem } from '../fixtures/usage-fixtures.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const key = { tenant_id: 't', integration_id: 'i' };
const bill = (day: string, ...items: CostItem[]) =>
  writeCostDays(database.warehouse, { ...key, version: 1 }, [costDay(day, items)]);
const use = (day: string, dataset: UsageDataset, ...items: UsageItem[]) =>
  writeUsageDays(database.warehouse, { ...key, dataset, version: 1 }, [usageDay(day, items)]);

/** A day's rows, without columns that are 0 or empty. */
async function said(view: string, day: string) {
  const rows = await database.warehouse.query({
    name: view,
    sql: `SELECT * EXCEPT (tenant_id, integration_id, day) FROM ${view}
          WHERE tenant_id = 't' AND integration_id = 'i' AND day = {day: Date} ORDER BY ALL`,
    params: { day },
    row: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  });
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, said]) => said !== '0' && said.length > 0)),
  );
}

test('tokens of every kind beside their cost, from the bill; requests from the usage', async () => {
  await bill(
    '2026-01-01',
    billed('gpt-realtime, input', '1', '100', 'tokens', { project_id: 'p', user_id: 'ada' }),
    billed('gpt-realtime, input', '0.000000000000000001', '1.5', '1000_tokens', { project_id: 'p', user_id: 'bob' }),
    billed('gpt-realtime audio, input', '2', '20', 'tokens', { project_id: 'p' }),
    billed('gpt-realtime image, cached input', '0.3', '30', 'tokens', { project_id: 'p' }),
    billed('gpt-realtime, cache writes', '0.4', '40', 'tokens', { project_id: 'p' }),
    billed('priority | gpt-realtime audio, output', '5', '50', 'tokens', { project_id: 'p' }),
    billed('gpt-realtime, output', '-1', null, '', { project_id: 'p' }),
  );
  const about = { project_id: 'p', model: 'gpt-realtime' };
  await use('2026-01-01', 'usage/completions', usageItem(about, { input_tokens: '9', num_model_requests: '7' }));
  // These requests are counted under completions, too.
  await use('2026-01-01', 'usage/web_search_calls', usageItem(about, { num_model_requests: '3' }));
  expect(await said('model_days', '2026-01-01')).toEqual([
    {
      project_id: 'p',
      model: 'gpt-realtime',
      billed_models: ['gpt-realtime'],
      used_models: ['gpt-realtime'],
      num_model_requests: '7',
      input_uncached_tokens: '1620',
      input_uncached_cost: '3.000000000000000001',
      input_audio_tokens: '20',
      input_audio_cost: '2',
      input_cached_tokens: '30',
      input_cached_cost: '0.3',
      input_cached_image_tokens: '30',
      input_cached_image_cost: '0.3',
      input_cache_write_tokens: '40',
      input_cache_write_cost: '0.4',
      output_tokens: '50',
      output_cost: '4',
      output_audio_tokens: '50',
      output_audio_cost: '5',
      cost: '7.700000000000000001',
      currency: 'usd',
    },
  ]);
});

test('images, seconds and characters have columns of their own; any other cost of a model is other_cost', async () => {
  await bill(
    '2026-01-02',
    billed('dall-e-3', '0.08', '2', 'images'),
    billed('gpt-image-1 image, output', '0.4', '10', 'images'),
    billed('whisper-1, audio', '0.006', '60', 'duration_seconds'),
    billed('whisper-1', '0.012', '1.5', 'duration_minutes'),
    billed('whisper-1', '0.36', '0.5', 'duration_hours'),
    billed('whisper-1', '0.1', '4', 'furlongs'),
    billed('whisper-1', '0.2'),
    billed('tts-1', '0.015', '1000', 'characters'),
    billed('text-embedding-3-small', '0.02', '1000000', 'tokens'),
    billed('web search tool calls', '1'),
    billed('Something new, entirely', '2', '7', 'tokens'),
  );
  const common = { billed_models: expect.any(Array), currency: 'usd' };
  expect(await said('model_days', '2026-01-02')).toEqual([
    { ...common, model: 'dall-e-3', images: '2', images_cost: '0.08', cost: '0.08' },
    { ...common, model: 'gpt-image-1', images: '10', images_cost: '0.4', cost: '0.4' },
    {
      ...common,
      model: 'text-embedding-3-small',
      input_uncached_tokens: '1000000',
      input_uncached_cost: '0.02',
      cost: '0.02',
    },
    { ...common, model: 'tts-1', characters: '1000', characters_cost: '0.015', cost: '0.015' },
    { ...common, model: 'whisper-1', seconds: '1950', seconds_cost: '0.378', other_cost: '0.3', cost: '0.678' },
  ]);
});

test('quantities that the bill does not have come from the usage, money never', async () => {
  const tokens = {
    input_tokens: '100',
    input_cached_tokens: '30',
    input_cache_write_tokens: '10',
    input_audio_tokens: '5',
    input_cached_audio_tokens: '2',
    output_tokens: '40',
    output_image_tokens: '4',
  };
  await bill('2026-01-03', billed('gpt-4o, input', '3'), billed('gpt-image-1 image, output', '1', '50', 'tokens'));
  await use(
    '2026-01-03',
    'usage/completions',
    usageItem({ model: 'gpt-4o' }, tokens),
    usageItem({ model: 'o5' }, tokens),
  );
  await use(
    '2026-01-03',
    'usage/images',
    usageItem({ model: 'gpt-image-1' }, { images: '6', num_model_requests: '5' }),
  );
  const used = {
    input_uncached_tokens: '60',
    input_audio_tokens: '5',
    input_cached_tokens: '30',
    input_cached_audio_tokens: '2',
    input_cache_write_tokens: '10',
    output_tokens: '40',
    output_image_tokens: '4',
  };
  expect(await said('model_days', '2026-01-03')).toEqual([
    {
      ...{ model: 'gpt-4o', billed_models: ['gpt-4o'], used_models: ['gpt-4o'], ...used },
      ...{ input_uncached_cost: '3', cost: '3', currency: 'usd' },
    },
    {
      ...{ model: 'gpt-image-1', billed_models: ['gpt-image-1'], used_models: ['gpt-image-1'] },
      ...{ num_model_requests: '5', images: '6', output_tokens: '50', output_image_tokens: '50' },
      ...{ output_cost: '1', output_image_cost: '1', cost: '1', currency: 'usd' },
    },
    { model: 'o5', used_models: ['o5'], ...used },
  ]);
  expect(await said('model_mismatches', '2026-01-03')).toEqual([
    {
      ...{ model: 'gpt-image-1', billed_models: ['gpt-image-1'], used_models: ['gpt-image-1'], unit: 'tokens' },
      ...{ kind: 'cost_without_usage', billed: '50', difference: '50' },
    },
    { model: 'o5', used_models: ['o5'], unit: 'tokens', kind: 'usage_without_cost', used: '140', difference: '-140' },
  ]);
});

test('a date at the end of a name makes no other model, and both names stay visible', async () => {
  await bill(
    '2026-01-04',
    billed('gpt-image-1, output', '1', '0.01', '1000_tokens'),
    billed('gpt-4o-2024-08-06, input', '2', '20', 'tokens'),
    billed('gpt-4o-2024-11-20, input', '3', '30', 'tokens'),
  );
  await use(
    '2026-01-04',
    'usage/completions',
    usageItem({ model: 'gpt-image-1-2025-04-23' }, { output_tokens: '10' }),
    usageItem({ model: 'gpt-4o' }, { input_tokens: '49' }),
  );
  const names = (await said('model_days', '2026-01-04')).map((row) => [row.model, row.billed_models, row.used_models]);
  expect(names).toEqual([
    ['gpt-4o', ['gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'], ['gpt-4o']],
    ['gpt-image-1', ['gpt-image-1'], ['gpt-image-1-2025-04-23']],
  ]);
  const mismatches = (await said('model_mismatches', '2026-01-04')).map((row) => [row.model, row.kind, row.difference]);
  expect(mismatches).toEqual([
    ['gpt-4o', 'quantities_differ', '1'],
    ['gpt-image-1', 'names_differ', undefined],
  ]);
});

test('a fine-tuned model is matched with its line on the bill by its base model', async () => {
  await bill(
    '2026-01-06',
    billed('ft-gpt-4o-mini-2024-07-18, input', '4', '40', 'tokens'),
    billed('gpt-4o-mini-2024-07-18, input', '1', '7', 'tokens'),
    billed('ft:gpt-4.1:acme::x, output', '5', '50', 'tokens'),
  );
  await use(
    '2026-01-06',
    'usage/completions',
    usageItem({ model: 'ft:gpt-4o-mini-2024-07-18:acme::abc' }, { input_tokens: '30' }),
    usageItem({ model: 'ft:gpt-4o-mini-2024-07-18:acme:support-2026-01-01:def' }, { input_tokens: '10' }),
    usageItem({ model: 'gpt-4o-mini' }, { input_tokens: '7' }),
    usageItem({ model: 'ft-gpt-4.1' }, { output_tokens: '50' }),
  );
  const rows = (await said('model_days', '2026-01-06')).map((row) => [
    row.model,
    row.used_models,
    row.input_uncached_tokens ?? row.output_tokens,
    row.cost,
  ]);
  expect(rows).toEqual([
    ['ft-gpt-4.1', ['ft-gpt-4.1'], '50', '5'],
    [
      'ft-gpt-4o-mini',
      ['ft:gpt-4o-mini-2024-07-18:acme::abc', 'ft:gpt-4o-mini-2024-07-18:acme:support-2026-01-01:def'],
      '40',
      '4',
    ],
    ['gpt-4o-mini', ['gpt-4o-mini'], '7', '1'],
  ]);
  const mismatches = (await said('model_mismatches', '2026-01-06')).map((row) => [row.model, row.kind]);
  expect(mismatches).toEqual([
    ['ft-gpt-4.1', 'names_differ'],
    ['ft-gpt-4o-mini', 'names_differ'],
    ['gpt-4o-mini', 'names_differ'],
  ]);
});

test('seconds of whisper are counted once, whatever the bill calls it', async () => {
  await bill(
    '2026-01-07',
    billed('whisper', '0.012', '2', 'duration_minutes'),
    billed('whisper-1, audio', '0.001', '10', 'duration_seconds'),
  );
  await use('2026-01-07', 'usage/audio_transcriptions', usageItem({ model: 'whisper-1' }, { seconds: '130' }));
  const names = { model: 'whisper-1', billed_models: ['whisper', 'whisper-1'], used_models: ['whisper-1'] };
  expect(await said('model_days', '2026-01-07')).toEqual([
    { ...names, seconds: '130', seconds_cost: '0.013', cost: '0.013', currency: 'usd' },
  ]);
  expect(await said('model_mismatches', '2026-01-07')).toEqual([
    { ...names, unit: 'seconds', kind: 'names_differ', billed: '130', used: '130' },
  ]);
});

test('names that only resemble each other are not matched, and stay visible', async () => {
  await bill(
    '2026-01-08',
    billed('gpt-4-0613, input', '1', '10', 'tokens'),
    billed('tts-1-hd', '2', '20', 'characters'),
    billed('gpt-5-mini, input', '3', '30', 'tokens'),
  );
  await use(
    '2026-01-08',
    'usage/completions',
    usageItem({ model: 'gpt-4' }, { input_tokens: '10' }),
    usageItem({ model: 'gpt-5-mini-latest' }, { input_tokens: '30' }),
  );
  await use('2026-01-08', 'usage/audio_speeches', usageItem({ model: 'tts-1' }, { characters: '20' }));
  const mismatches = (await said('model_mismatches', '2026-01-08')).map((row) => [row.model, row.kind, row.difference]);
  expect(mismatches).toEqual([
    ['gpt-4', 'usage_without_cost', '-10'],
    ['gpt-4-0613', 'cost_without_usage', '10'],
    ['gpt-5-mini', 'cost_without_usage', '30'],
    ['gpt-5-mini-latest', 'usage_without_cost', '-30'],
    ['tts-1', 'usage_without_cost', '-20'],
    ['tts-1-hd', 'cost_without_usage', '20'],
  ]);
});

test('every digit of every amount is in one of the cost columns', async () => {
  const largest = '12345678901234567890.123456789012345678';
  await bill(
    '2026-01-05',
    billed('gpt-4o, input', largest, '12345678901234567890.123456789012345678', 'tokens'),
    billed('gpt-4o, output', '-0.123456789012345678500000000000000000001', '5', 'tokens'),
    billed('gpt-4o', '0.000000000000000001', '3', 'sessions'),
    billed('gpt-4o, input', '7', '1', 'tokens', { currency: 'eur' }),
  );
  const [row] = await said('model_days', '2026-01-05');
  expect(row).toMatchObject({
    input_uncached_tokens: '12345678901234567891.123456789012345678',
    input_uncached_cost: '12345678901234567897.123456789012345678',
    output_cost: '-0.123456789012345679',
    other_cost: '0.000000000000000001',
    cost: '12345678901234567897',
    currency: 'eur usd',
  });
});

test('matching changes no sum: bill and usage add up to the same totals in every view', async () => {
  const [sums] = await database.warehouse.query({
    name: 'sums',
    sql: `SELECT
            (SELECT sum(amount) FROM costs) AS costs,
            (SELECT sum(amount) FROM model_quantities) AS amounts,
            (SELECT sumIf(amount, model != '') FROM costs) AS costs_of_models,
            (SELECT sum(cost) FROM model_days) AS model_costs,
            (SELECT sumIf(quantity, is_billed AND unit = 'tokens') FROM model_quantities) AS billed_tokens,
            (SELECT sumIf(quantity, quantity_unit = 'tokens') + sumIf(quantity, quantity_unit = '1000_tokens') * 1000
             FROM costs) AS tokens_on_bills,
            (SELECT sumIf(quantity, NOT is_billed AND unit = 'tokens') FROM model_quantities) AS used_tokens,
            (SELECT sum(input_tokens) + sum(output_tokens) FROM usage WHERE dataset != 'usage/web_search_calls')
              AS tokens_in_usage,
            (SELECT sum(num_model_requests) FROM model_days) AS requests,
            (SELECT sum(num_model_requests) FROM usage WHERE dataset != 'usage/web_search_calls') AS requests_in_usage`,
    row: z.record(z.string(), z.string()),
  });
  expect(sums?.amounts).toBe(sums?.costs);
  expect(sums?.model_costs).toBe(sums?.costs_of_models);
  expect(sums?.billed_tokens).toBe(sums?.tokens_on_bills);
  expect(sums?.used_tokens).toBe(sums?.tokens_in_usage);
  expect(sums?.requests).toBe(sums?.requests_in_usage);
  expect(Object.values(sums ?? {})).not.toContain('0');
});
