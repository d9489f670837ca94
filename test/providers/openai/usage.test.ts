import { expect, test } from 'vitest';
import { USAGE_ENDPOINTS, type UsageEndpoint } from '#domain/dataset.ts';
import { USAGE_DIMENSIONS } from '#domain/usage-dimensions.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { page } from './ledger.ts';
import { KEY, provider } from './provider.ts';
import { DAY, NO_DIMENSIONS, onePage, reading, TRUTH, usageBuckets, WEEK } from './usage-ledger.ts';

/** Each endpoint's grouping, and a row as the API's reference shows it. */
const ENDPOINTS: [UsageEndpoint, string, string, Partial<typeof NO_DIMENSIONS>, Record<string, string>][] = [
  [
    'completions',
    'api_key_id api_source batch model project_id service_tier user_id',
    `"input_tokens":5000,"input_cached_tokens":1800,"input_cache_write_tokens":200,"input_uncached_tokens":3000,
     "output_tokens":1000,"num_model_requests":5,"project_id":"proj_1","user_id":"user-1","api_key_id":"key_1",
     "model":"gpt-5-2025-08-07","batch":false,"service_tier":"default"`,
    {
      project_id: 'proj_1',
      user_id: 'user-1',
      api_key_id: 'key_1',
      model: 'gpt-5-2025-08-07',
      batch: 'false',
      service_tier: 'default',
    },
    {
      input_tokens: '5000',
      input_cached_tokens: '1800',
      input_cache_write_tokens: '200',
      input_uncached_tokens: '3000',
      output_tokens: '1000',
      num_model_requests: '5',
    },
  ],
  [
    'decisions',
    'api_key_id api_source batch model project_id service_tier user_id',
    `"input_tokens":900,"input_cache_write_tokens":500,"input_cache_write_12h_tokens":300,
     "input_cache_write_30m_tokens":200,"output_tokens":10,"api_source":"agents_api"`,
    { api_source: 'agents_api' },
    {
      input_tokens: '900',
      input_cache_write_tokens: '500',
      input_cache_write_12h_tokens: '300',
      input_cache_write_30m_tokens: '200',
      output_tokens: '10',
    },
  ],
  [
    'embeddings',
    'api_key_id model project_id user_id',
    '"input_tokens":20,"num_model_requests":2,"project_id":null,"model":"text-embedding-3-small"',
    { model: 'text-embedding-3-small' },
    { input_tokens: '20', num_model_requests: '2' },
  ],
  [
    'moderations',
    'api_key_id model project_id user_id',
    '"input_tokens":20,"num_model_requests":2',
    {},
    { input_tokens: '20', num_model_requests: '2' },
  ],
  [
    'images',
    'api_key_id model project_id size source user_id',
    '"images":2,"num_model_requests":1,"size":"1024x1024","source":"image.generation"',
    { size: '1024x1024', source: 'image.generation' },
    { images: '2', num_model_requests: '1' },
  ],
  [
    'audio_speeches',
    'api_key_id model project_id user_id',
    '"characters":45,"num_model_requests":1',
    {},
    { characters: '45', num_model_requests: '1' },
  ],
  [
    'audio_transcriptions',
    'api_key_id model project_id user_id',
    '"seconds":10,"num_model_requests":1',
    {},
    { seconds: '10', num_model_requests: '1' },
  ],
  ['vector_stores', 'project_id', '"usage_bytes":1024,"project_id":"p"', { project_id: 'p' }, { usage_bytes: '1024' }],
  ['code_interpreter_sessions', 'project_id', '"num_sessions":3', {}, { num_sessions: '3' }],
  [
    'file_search_calls',
    'api_key_id project_id user_id vector_store_id',
    '"num_requests":2,"vector_store_id":"vs_1"',
    { vector_store_id: 'vs_1' },
    { num_requests: '2' },
  ],
  [
    'web_search_calls',
    'api_key_id api_source context_level model project_id user_id',
    '"num_model_requests":2,"num_requests":3,"context_level":"medium"',
    { context_level: 'medium' },
    { num_model_requests: '2', num_requests: '3' },
  ],
];

test.each(ENDPOINTS)('%s: the finest grouping, and a row as it is', async (endpoint, groupBy, row, about, metrics) => {
  const { openai, calls } = await provider(() => ({
    body: onePage(`{"object":"organization.usage.${endpoint}.result",${row}}`),
  }));
  const window = await openai.usage(KEY, endpoint, DAY);

  const dimensions = { ...NO_DIMENSIONS, ...about };
  expect(window).toEqual({
    ...DAY,
    earliest: undefined,
    days: [{ day: DAY.from, facts: [{ dimensions, metrics, extra: '' }], dropped: [], isReported: true }],
    unreadable: [],
  });
  const [call] = calls;
  expect(call).toMatchObject({ method: 'GET', path: `/organization/usage/${endpoint}` });
  expect(call?.groupBy.toSorted().join(' ')).toBe(groupBy);
  expect([...(call?.params ?? [])].slice(0, 4)).toEqual([
    ['start_time', '1767571200'],
    ['end_time', '1767657600'],
    ['bucket_width', '1d'],
    ['limit', '31'],
  ]);
});

test('what others build on: eleven endpoints, eleven dimensions, every metric that is shown above', () => {
  expect(USAGE_ENDPOINTS).toEqual(ENDPOINTS.map(([endpoint]) => endpoint));
  expect(USAGE_DIMENSIONS).toEqual(Object.keys(NO_DIMENSIONS));
  expect(USAGE_METRICS).toEqual(expect.arrayContaining(ENDPOINTS.flatMap(([, , , , metrics]) => Object.keys(metrics))));
});

test('a week, quiet days too', async () => {
  const { openai, calls } = await provider((call) => ({ body: page(usageBuckets(call)) }));
  expect(reading((await openai.usage(KEY, 'completions', WEEK)).days)).toEqual(TRUTH);
  expect(calls).toHaveLength(1);
});

test('a wrong window is a programming error', async () => {
  const { openai, calls } = await provider(() => ({ status: 500 }));
  const tooLong = { from: '2026-01-01', to: '2026-03-05' };
  await expect(openai.usage(KEY, 'images', tooLong)).rejects.toBeInstanceOf(RangeError);
  expect(calls).toEqual([]);
});

test.each([
  [401, 'invalid_api_key', 'key_rejected'],
  [403, 'insufficient_permissions', 'scope_missing'],
  [429, 'rate_limit_exceeded', 'rate_limited'],
  [404, '', 'provider_unavailable'],
  [503, '', 'provider_unavailable'],
  [402, '', 'bad_request'],
])('a %s %s is %s, and names the endpoint', async (status, code, kind) => {
  const { openai } = await provider(() => ({ status, body: { error: { message: `UPSTREAM ${KEY}`, code } } }));
  const error = await openai.usage(KEY, 'embeddings', DAY).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind, status, endpoint: '/organization/usage/embeddings' });
  expect(String(error)).not.toMatch(/UPSTREAM|sk-admin/);
});
