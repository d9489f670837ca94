import { expect, test, vi } from 'vitest';
import { droppedOf, page } from './ledger.ts';
import { type Call, KEY, provider, refusal } from './provider.ts';
import { reading, TRUTH, usageBuckets, WEEK } from './usage-ledger.ts';

const LAST_TO_FIRST = ['project_id', 'model', 'service_tier', 'batch', 'api_key_id', 'user_id', 'api_source'];
const refuses =
  (...dimensions: string[]) =>
  (call: Call) =>
    dimensions.some((dimension) => call.groupBy.includes(dimension));
const says = (text: string, param?: string) => refusal(text, param ? { param } : {});

test.each([
  ['service_tier, named', ['service_tier'], says("Invalid value: 'service_tier'. Supported values are: 'model'"), 7],
  ['batch, a plain word, by its parameter', ['batch'], says('batch is above the limit', 'group_by[3]'), 7],
  ['batch, a plain word, by the message alone', ['batch'], says('Cannot use batch here'), 7],
  ['model, where it is the only one named', ['model'], says('Invalid group_by: model', 'group_by'), 7],
  ['one that is said not to be valid', ['service_tier'], says('Not a valid group_by: service_tier'), 7],
  ['two, named', ['batch', 'service_tier'], says('batch and service_tier are not for this window'), 19],
  ['user_id, not with those that matter most', ['user_id'], says('user_id cannot go with project_id and model'), 7],
  ['users and keys, not named', ['user_id', 'api_key_id'], says('start_time must be later', 'start_time'), 20],
  ['user_id, where the whole grouping is repeated', ['user_id'], says(`Bad: ${LAST_TO_FIRST.join(', ')}`), 14],
])('refused dimensions are dropped, the others stay: %s', async (_case, refused, reply, requests) => {
  const { openai, calls } = await provider((call) =>
    refuses(...refused)(call) ? reply : { body: page(usageBuckets(call)) },
  );
  const window = await openai.usage(KEY, 'completions', WEEK);
  expect(droppedOf(window).map((list) => list.toSorted())).toEqual([refused.toSorted()]);
  expect(reading(window.days)).toEqual(TRUTH);
  expect(calls).toHaveLength(requests);

  await openai.usage(KEY, 'completions', WEEK);
  expect(calls[requests]?.groupBy).toEqual(LAST_TO_FIRST); // the next window requests all dimensions again
});

test('without a name, project and model go last; what refuses everything is an error', async () => {
  const { openai, calls } = await provider(() => refusal('no'));
  await expect(openai.usage(KEY, 'completions', WEEK)).rejects.toMatchObject({ kind: 'bad_request', status: 400 });
  expect(calls.map(({ groupBy }) => groupBy)).toEqual(
    [7, 7, 6, 5, 4, 3, 2, 1, 0].map((size) => LAST_TO_FIRST.slice(0, size)),
  );
});

test('an endpoint that takes no grouping at all still gives its usage', async () => {
  const { openai } = await provider((call) =>
    call.groupBy.length > 0
      ? refusal('group_by is not supported here', { param: 'group_by' })
      : { body: page(usageBuckets(call)) },
  );
  const window = await openai.usage(KEY, 'vector_stores', WEEK);
  expect(droppedOf(window)).toEqual([['project_id']]);
  expect(reading(window.days)).toEqual(TRUTH);
});

test('today is given up before project and model, and nothing else with it', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-11T15:30:00Z') });
  const { openai } = await provider((call) =>
    Number(call.params.get('end_time')) % 86_400 === 0 ? { body: page(usageBuckets(call)) } : refusal('no'),
  );
  const window = await openai.usage(KEY, 'embeddings', WEEK);
  vi.useRealTimers();
  expect(window).toMatchObject({ from: '2026-01-05', to: '2026-01-11' });
  expect(droppedOf(window)).toEqual([[]]);
  expect(reading(window.days)).toEqual(TRUTH.slice(0, 6));
});

test('a page size is no image size', async () => {
  const { openai } = await provider((call) =>
    Number(call.params.get('limit')) > 7
      ? refusal('The page size is over the limit')
      : { body: page(usageBuckets(call)) },
  );
  expect(droppedOf(await openai.usage(KEY, 'images', WEEK))).toEqual([[]]);
});

test('lookback: the named date is taken', async () => {
  const { openai } = await provider((call) =>
    Number(call.params.get('start_time')) < Date.parse('2026-01-09') / 1000
      ? refusal('Earliest supported start date: 2026-01-09 (UTC)', { code: 'reporting_lookback_exceeded' })
      : { body: page(usageBuckets(call)) },
  );
  const window = await openai.usage(KEY, 'completions', WEEK);
  expect(window).toMatchObject({ from: '2026-01-09', earliest: '2026-01-09' });
  expect(droppedOf(window)).toEqual([[]]);
  expect(reading(window.days)).toEqual(TRUTH.slice(4));
});
