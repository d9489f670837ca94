import { Agent } from 'undici';
import { expect, test, vi } from 'vitest';
import { bucketsOf, droppedOf, MONTH, page, paged, reading, TRUTH } from './ledger.ts';
import { type Call, KEY, provider, refusal } from './provider.ts';

const LOOKBACK = 'Reporting lookback exceeded for 2026-01-01. Earliest supported start date: 2026-01-11 (UTC)';

test.each([
  ['by its code', { code: 'reporting_lookback_exceeded', param: 'start_time' }],
  ['by its words', { param: 'start_time' }],
])('lookback, %s: the named date is taken', async (_case, details) => {
  const { openai, calls } = await provider((call) =>
    Number(call.params.get('start_time')) < Date.parse('2026-01-11') / 1000
      ? refusal(LOOKBACK, details)
      : { body: paged(call, 31) },
  );
  const window = await openai.costs(KEY, MONTH);
  expect(window).toMatchObject({ from: '2026-01-11', to: '2026-02-01', earliest: '2026-01-11' });
  expect(droppedOf(window)).toEqual([[]]);
  expect(reading(window.days)).toEqual(TRUTH.slice(10));
  expect(calls).toHaveLength(2);
});

test.each([
  ['start_time is too far back, earliest available 2026-01-11T00:00:00Z', '2026-01-11'],
  ['earliest available 2026-01-10 17:30:00', '2026-01-11'],
  ['Data older than 2026-01-11 is not retained.', '2026-01-11'],
  ['start_time 2026-01-01 is older than 2026-01-11', '2026-01-11'],
  ['The start 2026-01-01 is before the oldest day, 2026-01-11', '2026-01-11'],
  ['The lookback window begins on 2026-01-11', '2026-01-11'],
])('lookback in other words: %s', async (message, earliest) => {
  const { openai, calls } = await provider((call) =>
    Number(call.params.get('start_time')) < Date.parse('2026-01-11') / 1000
      ? refusal(message, { param: 'start_time', code: 'invalid_request_error' })
      : { body: paged(call, 31) },
  );
  const window = await openai.costs(KEY, MONTH);
  expect(window).toMatchObject({ from: earliest, earliest });
  expect(droppedOf(window)).toEqual([[]]);
  expect(reading(window.days)).toEqual(TRUTH.slice(10));
  expect(calls).toHaveLength(2);
});

test.each([
  'user_id is not available for a start older than 2026-01-11',
  'This grouping has a shorter lookback: 2026-01-11',
  'start_time must be after 2026-01-11',
  'start_time is too old',
])('a shorter history of a dimension costs the dimension, not the history: %s', async (message) => {
  const { openai } = await provider((call) =>
    call.groupBy.includes('user_id') ? refusal(message, { param: 'start_time' }) : { body: paged(call, 31) },
  );
  const window = await openai.costs(KEY, MONTH);
  expect(window).toMatchObject({ ...MONTH, earliest: undefined });
  expect(droppedOf(window)).toEqual([['user_id']]);
});

test.each([
  ['The earliest supported start date for api_source is 2026-01-11', {}, 'api_source'],
  ['group_by api_source: earliest supported start date is 2026-01-11', { param: 'group_by' }, 'api_source'],
  ['Earliest supported start date for this grouping: 2026-01-11', { param: 'start_time' }, 'api_source'],
  [
    'Combining user_id with project_id is not supported for this time range. Earliest supported start date: 2026-01-11',
    { param: 'group_by' },
    'user_id',
  ],
  ['This combination is not supported then. Earliest supported start date: 2026-01-11', {}, 'user_id'],
  ['No api_source then. Earliest: 2026-01-11', { code: 'reporting_lookback_exceeded' }, 'api_source'],
])('days before a dimension’s own history keep their money: %s', async (message, details, dimension) => {
  const { openai } = await provider((call) =>
    call.groupBy.includes(dimension) && Number(call.params.get('start_time')) < Date.parse('2026-01-11') / 1000
      ? refusal(message, details)
      : { body: paged(call, 31) },
  );
  const window = await openai.costs(KEY, MONTH);
  expect(window).toMatchObject({ ...MONTH, earliest: undefined });
  expect(reading(window.days)).toEqual(TRUTH);
  expect(window.days.map(({ dropped }) => dropped.join())).toEqual(
    TRUTH.map((_, index) => (index < 10 ? dimension : '')),
  );
});

test('a lookback that repeats the grouping costs the days in the end', async () => {
  const { openai } = await provider((call) =>
    Number(call.params.get('start_time')) < Date.parse('2026-01-11') / 1000
      ? refusal(`No data grouped by ${call.groupBy.join(', ')}. Earliest supported start date: 2026-01-11`)
      : { body: paged(call, 31) },
  );
  const window = await openai.costs(KEY, MONTH);
  expect(window).toMatchObject({ from: '2026-01-11', earliest: '2026-01-11' });
  expect(droppedOf(window)).toEqual([[]]);
  expect(reading(window.days)).toEqual(TRUTH.slice(10));
});

test('a window wholly before the lookback is empty and says so', async () => {
  const { openai, calls } = await provider(() => refusal('Earliest supported start date: 2026-03-01 (UTC)'));
  const window = await openai.costs(KEY, MONTH);
  expect(window).toMatchObject({ from: '2026-02-01', to: '2026-02-01', earliest: '2026-03-01', days: [] });
  expect(calls).toHaveLength(1);
});

test.each(['Lookback!', 'Earliest supported start date: 2026-02-31', LOOKBACK.replace('2026-01-11', '2025-01-01')])(
  'a lookback that cannot be met is an error: %s',
  async (message) => {
    const { openai, calls } = await provider(() => refusal(message, { code: 'reporting_lookback_exceeded' }));
    await expect(openai.costs(KEY, MONTH)).rejects.toMatchObject({ kind: 'bad_request', status: 400 });
    expect(calls).toHaveLength(1);
  },
);

const says = (text: string, param = 'start_time') => refusal(text, { param, code: 'invalid_request_error' });
const refuses =
  (...dimensions: string[]) =>
  (call: Call) =>
    dimensions.some((dimension) => call.groupBy.includes(dimension));

// The last number: how many requests it takes to know that no day of the month accepts the dimension.
test.each([
  [
    'both, named',
    refuses('user_id', 'api_key_id'),
    says('api_key_id and user_id need a later start'),
    ['api_key_id', 'user_id'],
    10,
  ],
  [
    'both, not named',
    refuses('user_id', 'api_key_id'),
    says('start_time must be >= 1764979200'),
    ['api_key_id', 'user_id'],
    20,
  ],
  [
    'user_id, by an enumeration',
    refuses('user_id'),
    says("'user_id' is wrong. Supported values are: 'line_item', 'api_key_id'", 'group_by'),
    ['user_id'],
    9,
  ],
  ['user_id, not named', refuses('user_id'), { status: 400, body: { error: 'nope' } }, ['user_id'], 33],
  ['api_key_id, named', refuses('api_key_id'), says('api_key_id is refused'), ['api_key_id'], 4],
  [
    'api_source, which the organization does not have',
    refuses('api_source'),
    refusal("Invalid value: 'api_source'. Supported values are: 'project_id', 'user_id'", {
      param: 'group_by',
      code: 'invalid_value',
    }),
    ['api_source'],
    2,
  ],
  ['user_id, by a 422', refuses('user_id'), { status: 422, body: { detail: 'user_id?' } }, ['user_id'], 9],
])('refused dimensions are dropped for the window: %s', async (_case, refused, reply, dropped, requests) => {
  const { openai, calls } = await provider((call) => (refused(call) ? reply : { body: paged(call, 31) }));
  const window = await openai.costs(KEY, MONTH);
  expect(droppedOf(window)).toEqual([dropped]);
  expect(reading(window.days)).toEqual(TRUTH);
  expect(calls).toHaveLength(requests);

  await openai.costs(KEY, MONTH);
  expect(calls[requests]?.groupBy).toHaveLength(5); // the next window requests all dimensions again
});

test('project and line item are never given up', async () => {
  const { openai, calls } = await provider(() => refusal('project_id is not allowed'));
  await expect(openai.costs(KEY, MONTH)).rejects.toMatchObject({ kind: 'bad_request' });
  expect(calls.map(({ groupBy }) => groupBy.length)).toEqual([5, 4, 3, 2]);
});

test.each([
  ['The limit must be at most 7', 'limit'],
  ['The limit must be at most 7', undefined],
  ['You may request at most 7 buckets per page.', undefined],
])('a limit that is refused gets smaller: %s (param %s)', async (message, param) => {
  const { openai, calls } = await provider((call) =>
    Number(call.params.get('limit')) > 7 ? refusal(message, param ? { param } : {}) : { body: paged(call, 7) },
  );
  const window = await openai.costs(KEY, MONTH);
  expect(reading(window.days)).toEqual(TRUTH);
  expect(droppedOf(window)).toEqual([[]]);
  expect(calls).toHaveLength(6);
});

test('lookback, dimensions and limit, all in one window', async () => {
  const { openai } = await provider((call) => {
    if (Number(call.params.get('start_time')) < Date.parse('2026-01-11') / 1000) return refusal(LOOKBACK);
    if (Number(call.params.get('limit')) > 7) return refusal('limit', { param: 'limit' });
    return refuses('user_id')(call) ? refusal('no') : { body: paged(call, 7) };
  });
  const window = await openai.costs(KEY, MONTH);
  expect(window).toMatchObject({ earliest: '2026-01-11' });
  expect(droppedOf(window)).toEqual([['user_id']]);
  expect(reading(window.days)).toEqual(TRUTH.slice(10));
});

test('an end that is refused as future (clocks differ) leaves today out', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-20T15:30:00Z') });
  const { openai } = await provider((call) =>
    Number(call.params.get('end_time')) % 86_400 === 0
      ? { body: page(bucketsOf(call)) }
      : refusal('end_time must not be in the future', { param: 'end_time' }),
  );
  const window = await openai.costs(KEY, MONTH);
  vi.useRealTimers();
  expect(window).toMatchObject({ from: '2026-01-01', to: '2026-01-20' });
  expect(droppedOf(window)).toEqual([[]]);
  expect(reading(window.days)).toEqual(TRUTH.slice(0, 19));
});

test('a response that is too large is fetched in smaller pages', async () => {
  const { openai, calls } = await provider(
    (call) => ({ body: paged(call, 31) }),
    new Agent({ maxResponseSize: 3_000 }),
  );
  expect(reading((await openai.costs(KEY, MONTH)).days)).toEqual(TRUTH);
  expect(calls[0]?.params.get('limit')).toBe('31');
  expect(calls.at(-1)?.params.get('limit')).toBe('7');
});
