import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultKnobs } from '#dev/simulators/openai/http/knobs.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import type { UsageEndpoint } from '#dev/simulators/openai/usage/usage-catalog.ts';
import { days, request, seconds } from './request.ts';
import { contract, endpoints, type UsageRow, usageBuckets } from './request-usage.ts';

const TODAY = '2026-11-23';
const [FROM, TO] = ['2026-10-30', '2026-11-01'];
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ today: TODAY });
});
afterEach(() => Object.assign(simulator.knobs, defaultKnobs));
afterAll(() => simulator.close());

const sum = (rows: Array<Record<string, unknown>>, metric: string) =>
  rows.reduce((total, row) => total + Number(row[metric] ?? 0), 0);

const groupings = endpoints.flatMap((endpoint) => {
  const { dimensions } = contract[endpoint];
  return [[], ...dimensions.map((dimension) => [dimension]), dimensions.slice(0, 3), dimensions].map(
    (groupBy): [UsageEndpoint, string[]] => [endpoint, groupBy],
  );
});

test.each(groupings)('%s grouped by %j adds up to the truth', async (endpoint, groupBy) => {
  const { dimensions, metrics } = contract[endpoint];
  const buckets = await usageBuckets(simulator, endpoint, { ...days(FROM, TO), group_by: groupBy });
  const truth = simulator.truth.usage(endpoint, FROM, TO);
  expect(buckets.map(({ start_time }) => start_time)).toEqual(truth.days.map(({ day }) => seconds(day)));
  for (const [i, { facts, totals }] of truth.days.entries()) {
    const rows = buckets[i]?.results ?? [];
    const keyOf = (row: object) => JSON.stringify(groupBy.map((name) => (row as UsageRow)[name]));
    const expected = Map.groupBy(facts, (fact) => keyOf(fact.dimensions));
    expect(rows.map(keyOf).sort()).toEqual([...expected.keys()].sort());
    for (const metric of metrics) expect(sum(rows, metric)).toBe(totals[metric] ?? 0);
    for (const row of rows) {
      const group = (expected.get(keyOf(row)) ?? []).map((fact) => fact.metrics);
      for (const metric of metrics) expect(row[metric]).toBe(sum(group, metric));
      for (const name of dimensions) if (!groupBy.includes(name)) expect(row[name]).toBeNull();
      expect(Object.keys(row)).toEqual(['object', ...metrics, ...dimensions, 'data_region', 'labels']);
    }
  }
  expect(buckets.flatMap(({ results }) => results).length).toBeGreaterThan(0);
});

test('every endpoint has something to say, by its own object', async () => {
  const objects = await Promise.all(
    endpoints.map(async (endpoint) => {
      const buckets = await usageBuckets(simulator, endpoint, { ...days('2026-10-01', '2026-11-01'), limit: 31 });
      return buckets.find(({ results }) => results.length > 0)?.results[0]?.object;
    }),
  );
  expect(objects.map((object) => String(object).replace('organization.usage.', ''))).toEqual([
    ...[
      'completions.result',
      'decisions.result',
      'embeddings.result',
      'moderations.result',
      'images.result',
      'audio_speeches.result',
    ],
    ...['audio_transcriptions.result', 'vector_stores.result', 'code_interpreter_sessions.result'],
    ...['file_searches.result', 'web_searches.result'],
  ]);
});

test('the dimensions take every kind of value', () => {
  const values = (endpoint: UsageEndpoint, name: string, from = '2026-04-20', to = '2026-05-11') =>
    new Set(
      simulator.truth
        .usage(endpoint, from, to)
        .days.flatMap(({ facts }) => facts.map(({ dimensions }) => (dimensions as UsageRow)[name])),
    );
  expect(values('completions', 'batch')).toEqual(new Set([true, false]));
  expect(values('completions', 'service_tier')).toEqual(new Set(['default', 'flex']));
  expect(values('completions', 'service_tier', '2026-11-10', '2026-11-11')).toContain('priority');
  expect(values('completions', 'api_key_id')).toContain(null);
  expect(values('images', 'size')).toEqual(new Set(['1024x1024', '1024x1536', '1024x1792']));
  expect(values('images', 'source')).toEqual(new Set(['image.generation', 'image.edit', 'image.variation']));
  expect(values('file_search_calls', 'vector_store_id').size).toBe(2);
  expect(values('completions', 'api_source')).toEqual(new Set(['agents_api', 'unlabeled']));
  expect(values('web_search_calls', 'context_level')).toEqual(new Set(['low', 'medium', 'high']));
});

test('a quiet day is an empty bucket; today has had a part of its flows, and all of its stock', async () => {
  for (const endpoint of endpoints) {
    const quiet = await usageBuckets(simulator, endpoint, days('2025-12-25', '2025-12-27'));
    expect(quiet.map(({ results }) => results)).toEqual([[], []]);
  }
  const full = await startSimulator({ today: '2026-11-24' });
  const share = (endpoint: UsageEndpoint, metric: string) => {
    const [partial, whole] = [simulator, full].map(({ truth }) => truth.usage(endpoint, TODAY, '2026-11-24').totals);
    return Number(partial?.[metric]) / Number(whole?.[metric]);
  };
  expect(share('completions', 'input_tokens')).toBeCloseTo(0.4, 2);
  expect(share('moderations', 'num_model_requests')).toBeCloseTo(0.4, 2);
  expect(share('vector_stores', 'usage_bytes')).toBeCloseTo(1, 3);
  await full.close();
  expect(simulator.truth.usage('moderations', '2026-11-24', '2026-12-24').totals).toEqual({});
});

test('filters, and bare group_by', async () => {
  const day = days('2026-11-10', '2026-11-11');
  const group_by = ['model', 'batch'];
  const rows = async (query: Record<string, string | string[]>) =>
    (await usageBuckets(simulator, 'completions', { ...day, group_by, ...query }))[0]?.results ?? [];
  const all = await rows({});
  expect(await rows({ batch: 'true' })).toEqual(all.filter(({ batch }) => batch === true));
  const models = ['gpt-5.6-luna', 'codex-mini-latest'];
  expect(await rows({ models })).toEqual(all.filter(({ model }) => models.includes(String(model))));
  expect(await rows({ sizes: ['1x1'] })).toEqual(all);
  const bare = `start_time=${day.start_time}&end_time=${day.end_time}&group_by=model&group_by=batch`;
  const response = await fetch(`${simulator.url}/organization/usage/completions?${bare}`, {
    headers: { authorization: `Bearer ${simulator.keys.admin}` },
  });
  expect(((await response.json()) as { data: unknown[] }).data[0]).toMatchObject({ results: all });
});

test('a new metric is on some rows, in the truth, and gone again', async () => {
  const query = { ...days(FROM, TO), group_by: contract.completions.dimensions };
  const before = await usageBuckets(simulator, 'completions', query);
  simulator.knobs.newMetric = 'output_reasoning_tokens';
  const rows = (await usageBuckets(simulator, 'completions', query)).flatMap(({ results }) => results);
  const having = rows.filter((row) => 'output_reasoning_tokens' in row);
  expect(having.length).toBeGreaterThan(0);
  expect(having.length).toBeLessThan(rows.length);
  for (const row of having) expect(row.output_reasoning_tokens).toBeLessThanOrEqual(Number(row.output_tokens));
  const { totals } = simulator.truth.usage('completions', FROM, TO);
  expect(sum(having, 'output_reasoning_tokens')).toBe(totals.output_reasoning_tokens);
  simulator.knobs.newMetric = '';
  expect(await usageBuckets(simulator, 'completions', query)).toEqual(before);
});

describe('refused with 400', () => {
  const day = days('2026-11-10', '2026-11-11');
  const refusal = async (endpoint: UsageEndpoint, query: Record<string, string | number | string[]>) => {
    const { status, body } = await request(simulator, `/organization/usage/${endpoint}`, query);
    expect(status).toBe(400);
    return body.error;
  };

  test.each(endpoints)('%s by what it cannot be grouped by', async (endpoint) => {
    const every = new Set(Object.values(contract).flatMap(({ dimensions }) => dimensions)).add('line_item').add('x');
    for (const name of every.difference(new Set(contract[endpoint].dimensions))) {
      const error = await refusal(endpoint, { ...day, group_by: ['project_id', name] });
      expect(error).toEqual({
        message: expect.stringContaining(`Invalid value: '${name}'. Supported values are: 'project_id'`),
        type: 'invalid_request_error',
        param: 'group_by',
        code: 'invalid_value',
      });
    }
  });

  test('more than 31 buckets, another width, a start too long ago, an end in the future, no start', async () => {
    expect(await refusal('images', { ...day, limit: 32 })).toMatchObject({ param: 'limit' });
    expect(await refusal('images', { ...day, bucket_width: '1h' })).toMatchObject({ param: 'bucket_width' });
    expect(await refusal('images', days('2025-11-22', '2025-11-24'))).toMatchObject({
      code: 'reporting_lookback_exceeded',
      message: expect.stringContaining('Earliest supported start date: 2025-11-23 (UTC)'),
    });
    expect(await refusal('images', days('2026-11-20', '2026-11-24'))).toMatchObject({ param: 'end_time' });
    expect(await refusal('images', {})).toMatchObject({ param: 'start_time', code: 'missing_required_parameter' });
  });
});
