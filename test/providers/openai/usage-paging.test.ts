import { expect, test } from 'vitest';
import { bucket, page } from './ledger.ts';
import { type Call, KEY, provider } from './provider.ts';
import { DAY, reading, TRUTH, usageBuckets, usageOf, WEEK } from './usage-ledger.ts';

/** Reads the week from a server and expects the truth, whatever the server does; returns its calls. */
async function readsTruly(respond: Parameters<typeof provider>[0]): Promise<Call[]> {
  const { openai, calls } = await provider(respond);
  expect(reading((await openai.usage(KEY, 'completions', WEEK)).days)).toEqual(TRUTH);
  return calls;
}

test('pages are followed, with the same query', async () => {
  const calls = await readsTruly((call) => {
    const start = Number(call.params.get('page') ?? 0);
    return { body: page(usageBuckets(call).slice(start, start + 3), start + 3 < 7 ? `${start + 3}` : null) };
  });
  expect(calls.map(({ params }) => params.get('page'))).toEqual([null, '3', '6']);
  expect(new Set(calls.map(({ groupBy }) => groupBy.join())).size).toBe(1);
});

test('a day that comes twice doubles nothing: the later reading of the same dimensions counts', async () => {
  const stale = usageOf('2026-01-07').map((row) => ({ ...row, input_tokens: 1 }));
  await readsTruly((call) => {
    const buckets = usageBuckets(call);
    return {
      body: call.params.has('page')
        ? page(buckets.slice(2))
        : page([...buckets.slice(0, 2), bucket('2026-01-07', stale)], 'next'),
    };
  });
});

test('a day cut by a page’s end loses nothing, whatever tells its rows apart', async () => {
  const rows = [
    { model: 'gpt-5', batch: true, input_tokens: 1 },
    { model: 'gpt-5', batch: false, input_tokens: 1 },
    { model: 'gpt-5', batch: null, input_tokens: 1 },
    { model: 'gpt-5', batch: false, service_tier: 'flex', input_tokens: 1 },
    { model: 'o3', batch: false, region: 'eu', input_tokens: 1 },
  ];
  const { openai } = await provider(({ params }) => {
    const at = Number(params.get('page') ?? 0);
    return { body: page([bucket(DAY.from, [rows[at]])], at + 1 < rows.length ? `${at + 1}` : null) };
  });
  expect((await openai.usage(KEY, 'completions', DAY)).days[0]?.facts).toHaveLength(rows.length);
});

test('a day that is missing once is fetched again', async () => {
  const lost = Date.parse('2026-01-07') / 1000;
  const calls = await readsTruly((call) => ({
    body: page(usageBuckets(call).filter(({ start_time }) => call.index > 0 || start_time !== lost)),
  }));
  expect(calls).toHaveLength(2);
});

test('a response without any day is fetched again', async () => {
  const calls = await readsTruly((call) => ({ body: page(call.index > 0 ? usageBuckets(call) : []) }));
  expect(calls).toHaveLength(2);
});

test('a server that leaves quiet days out', async () => {
  const calls = await readsTruly((call) => ({
    body: page(usageBuckets(call).filter(({ results }) => results.length > 0)),
  }));
  expect(calls).toHaveLength(2);
});

test('a quiet week without a bucket is quiet after two responses', async () => {
  const { openai, calls } = await provider(() => ({ body: page([]) }));
  const { days } = await openai.usage(KEY, 'web_search_calls', WEEK);
  expect(days.map(({ facts }) => facts.length)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(calls).toHaveLength(2);
});

test('pages that break off for good are an incomplete window, soon', async () => {
  const { openai, calls } = await provider((call) => ({ body: page([], `token-${call.index}`) }));
  await expect(openai.usage(KEY, 'images', WEEK)).rejects.toMatchObject({
    kind: 'incomplete_window',
    endpoint: '/organization/usage/images',
  });
  expect(calls.length).toBeLessThan(10);
});
