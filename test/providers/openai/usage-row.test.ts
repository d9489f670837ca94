import { expect, test } from 'vitest';
import type { UsageFact } from '#providers/openai/usage/usage-row.ts';
import { KEY, provider } from './provider.ts';
import { DAY, NO_DIMENSIONS, onePage } from './usage-ledger.ts';

async function factOf(rowText: string): Promise<UsageFact | undefined> {
  const { openai } = await provider(() => ({ body: onePage(rowText) }));
  const { days } = await openai.usage(KEY, 'completions', DAY);
  return days[0]?.facts[0];
}

test('a number that OpenAI adds tomorrow is a metric by its own name', async () => {
  const fact = await factOf('{"input_tokens":1,"output_video_tokens":12,"num_tool_calls":0}');
  expect(fact?.metrics).toEqual({ input_tokens: '1', output_video_tokens: '12', num_tool_calls: '0' });
  expect(fact?.extra).toBe('');
});

test('other unknown fields are in extra as JSON, sorted, their numbers as sent', async () => {
  const fact = await factOf(
    '{"zone":{"b":[1.10,2e5]},"region":"eu","flag":true,"input_tokens":1,"bytes":1e999999999,"until":null}',
  );
  expect(fact?.extra).toBe('{"bytes":1e999999999,"flag":true,"region":"eu","zone":{"b":[1.10,2e5]}}');
  expect(fact?.metrics).toEqual({ input_tokens: '1' });
});

test.each([
  ['9007199254740993', '9007199254740993'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['1.5e3', '1500'],
  ['12000.0', '12000'],
  ['"42"', '42'],
  ['0.1234567890123456789', '0.1234567890123456789'],
  ['-3', '-3'],
  ['null', undefined],
  ['""', undefined],
])('a metric of %s stays exact', async (sent, metric) => {
  expect((await factOf(`{"input_tokens":${sent}}`))?.metrics.input_tokens).toBe(metric);
});

test.each([
  ['true', 'true'],
  ['false', 'false'],
  ['"true"', 'true'],
  ['null', ''],
])('batch %s is %j', async (sent, batch) => {
  expect((await factOf(`{"batch":${sent}}`))?.dimensions.batch).toBe(batch);
});

test('an empty row is a fact', async () => {
  expect(await factOf('{}')).toEqual({ dimensions: NO_DIMENSIONS, metrics: {}, extra: '' });
});

test.each([
  ['garbage for a metric', onePage('{"input_tokens":"many"}'), 'data.0.results.0.input_tokens'],
  ['a boolean for a metric', onePage('{"input_tokens":true}'), 'data.0.results.0.input_tokens'],
  ['a list for a metric', onePage('{"input_tokens":[1]}'), 'data.0.results.0.input_tokens'],
  ['an absurd exponent', onePage('{"input_tokens":1e999999999}'), 'data.0.results.0.input_tokens'],
  ['an object for a model', onePage('{"model":{"id":"gpt-5"}}'), 'data.0.results.0.model'],
  ['a row that is no object', onePage('7'), 'data.0.results.0'],
  ['a bucket without results', '{"data":[{"start_time":1767571200}],"has_more":false}', 'data.0.results'],
])('%s is a malformed response, not a quiet day', async (_case, body, path) => {
  const { openai } = await provider(() => ({ body }));
  const error = expect(openai.usage(KEY, 'completions', DAY)).rejects;
  await error.toMatchObject({
    kind: 'malformed_response',
    endpoint: '/organization/usage/completions',
    message: expect.stringContaining(`at ${path})`),
  });
});
