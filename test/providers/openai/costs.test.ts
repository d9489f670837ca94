import { expect, test, vi } from 'vitest';
import { bucket, bucketsOf, droppedOf, MONTH, page, paged, reading, row, TRUTH } from './ledger.ts';
import { KEY, provider } from './provider.ts';

const DAY = { from: '2026-01-05', to: '2026-01-06' };

/** A page of one bucket with one row, written by hand: what counts is the text. */
const onePage = (rowText: string) =>
  `{"object":"page","data":[{"object":"bucket","start_time":1767571200,"end_time":1767657600,"start_time_iso":"2026-01-05T00:00:00",
    "results":[${rowText}]}],"has_more":false,"next_page":null}`;

async function factOf(rowText: string) {
  const { openai } = await provider(() => ({ body: onePage(rowText) }));
  const { days } = await openai.costs(KEY, DAY);
  return days[0]?.facts[0];
}

test('requests a month in one page, by the finest grouping, and reads every day', async () => {
  const { openai, calls } = await provider((call) => ({ body: paged(call, 180) }));
  const window = await openai.costs(KEY, MONTH);

  expect(reading(window.days)).toEqual(TRUTH);
  expect(window).toMatchObject({ ...MONTH, earliest: undefined });
  expect(droppedOf(window)).toEqual([[]]);
  expect(calls).toHaveLength(1);
  const [call] = calls;
  expect(call).toMatchObject({ method: 'GET', path: '/organization/costs' });
  expect([...(call?.params ?? [])]).toEqual([
    ['start_time', '1767225600'],
    ['end_time', '1769904000'],
    ['bucket_width', '1d'],
    ['limit', '31'],
    ['group_by[]', 'project_id'],
    ['group_by[]', 'line_item'],
    ['group_by[]', 'api_key_id'],
    ['group_by[]', 'user_id'],
    ['group_by[]', 'api_source'],
  ]);
  expect(call?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'user-agent': 'pump-openai-costs' });
});

test('a full row becomes a fact: every field under its own name, and what the line item says', async () => {
  const fact = await factOf(`{"object":"organization.costs.result","amount":{"value":"1.25","currency":"USD"},
    "line_item":"gpt-5, input","project_id":"proj_1","project_name":"Chat ☂","organization_id":"org-1",
    "organization_name":"Acme","api_key_id":"key_1","user_id":"user-1","user_email":"a@acme.test","api_source":"agents_api",
    "quantity":12000.0,"quantity_unit":"tokens"}`);
  expect(fact).toEqual({
    organization_id: 'org-1',
    organization_name: 'Acme',
    project_id: 'proj_1',
    project_name: 'Chat ☂',
    api_key_id: 'key_1',
    user_id: 'user-1',
    user_email: 'a@acme.test',
    api_source: 'agents_api',
    line_item: 'gpt-5, input',
    service: 'completions',
    model: 'gpt-5',
    token_type: 'input',
    modality: '',
    service_tier: '',
    surface: '',
    long_context: false,
    qualifier: '',
    unknown_qualifier: '',
    amount: '1.25',
    amount_verbatim: '1.25',
    currency: 'usd',
    quantity: '12000',
    quantity_verbatim: '12000.0',
    quantity_unit: 'tokens',
    extra: '',
  });
});

test.each([
  ['"0E-6176"', '0E-6176', '0'],
  ['"0.02100000000000000000000000000000000"', '0.02100000000000000000000000000000000', '0.021'],
  ['1.5e-2', '1.5e-2', '0.015'],
  [
    '0.123456789012345678901234567890123456789',
    '0.123456789012345678901234567890123456789',
    '0.123456789012345678901234567890123456789',
  ],
  ['900719925474099.31', '900719925474099.31', '900719925474099.31'],
  ['1e-6176', '1e-6176', `0.${'0'.repeat(6175)}1`],
  ['-0.50', '-0.50', '-0.5'],
  ['null', '', '0'],
  ['""', '', '0'],
])('an amount of %s stays exact', async (sent, provider_amount, amount) => {
  expect(await factOf(`{"amount":{"value":${sent},"currency":"usd"}}`)).toMatchObject({
    amount_verbatim: provider_amount,
    amount,
  });
});

test.each(['{}', '{"amount":null}', '{"amount":{}}'])('a row like %s has no money, and is a fact', async (rowText) => {
  const absent = { amount: '0', amount_verbatim: '', currency: 'usd', quantity: null, line_item: '', project_id: '' };
  expect(await factOf(rowText)).toMatchObject(absent);
});

test('a free allowance is data', async () => {
  const fact = await factOf('{"amount":{"value":0},"quantity":"1000.50","quantity_unit":"images"}');
  expect(fact).toMatchObject({
    amount: '0',
    quantity: '1000.5',
    quantity_verbatim: '1000.50',
    quantity_unit: 'images',
  });
});

test('unknown fields are in extra, sorted, their numbers as sent', async () => {
  const fact = await factOf(
    '{"zone":{"b":[1.10,2e5]},"amount":{"value":1,"tax":0.10},"credits":12345678901234567890.0,"flag":true}',
  );
  expect(fact?.extra).toBe(
    '{"amount":{"tax":0.10},"credits":12345678901234567890.0,"flag":true,"zone":{"b":[1.10,2e5]}}',
  );
});

test.each([
  ['garbage for an amount', onePage('{"amount":{"value":"NaN"}}')],
  ['an infinite amount', onePage('{"amount":{"value":"Infinity"}}')],
  ['a garbled quantity', onePage('{"quantity":"many"}')],
  ['an amount that is no object', onePage('{"amount":"1.0"}')],
  ['an amount that is a bare number', onePage('{"amount":1.0}')],
  ['a row that is no object', onePage('7')],
  ['a bucket without results', '{"data":[{"start_time":1767571200}],"has_more":false}'],
  ['a bucket without a time', '{"data":[{"results":[]}],"has_more":false}'],
  ['a bucket at the end of time', '{"data":[{"start_time":9e99,"results":[]}],"has_more":false}'],
  ['no data', '{"has_more":false}'],
  ['a list', '[]'],
])('%s is a malformed response, not a quiet day', async (_case, body) => {
  const { openai } = await provider(() => ({ body }));
  await expect(openai.costs(KEY, DAY)).rejects.toMatchObject({ kind: 'malformed_response', status: 200 });
});

test('lists written as null are empty', async () => {
  const { openai } = await provider((call) => ({
    body: { data: bucketsOf(call).map((one) => ({ ...one, results: null })), has_more: false, next_page: null },
  }));
  expect((await openai.costs(KEY, DAY)).days).toEqual([
    { day: '2026-01-05', facts: [], dropped: [], isReported: true },
  ]);
});

test('buckets outside of the window are left out', async () => {
  const { openai } = await provider((call) => ({
    body: page([bucket('2026-01-04', [row('x', '1')]), ...bucketsOf(call), bucket('2026-01-06', [row('x', '1')])]),
  }));
  expect(reading((await openai.costs(KEY, DAY)).days)).toEqual([TRUTH[4]]);
});

test('a window into the future ends now, today included; the clock is read once', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-20T15:30:00.500Z') });
  const { openai, calls } = await provider((call) => {
    vi.advanceTimersByTime(60_000);
    return { body: paged(call, 7) };
  });
  const window = await openai.costs(KEY, MONTH);
  vi.useRealTimers();

  expect(window).toMatchObject({ from: '2026-01-01', to: '2026-01-21' });
  expect(reading(window.days)).toEqual(TRUTH.slice(0, 20));
  expect(calls).toHaveLength(3);
  expect(new Set(calls.map(({ params }) => params.get('end_time')))).toEqual(new Set(['1768923000']));
});

test.each([
  ['wholly in the future', '2026-01-01T00:00:00Z', { from: '2026-01-02', to: '2026-01-05' }],
  ['of a day that begins this very second', '2026-01-02T00:00:00Z', { from: '2026-01-02', to: '2026-01-03' }],
  ['of no days', '2026-01-09T00:00:00Z', { from: '2026-01-02', to: '2026-01-02' }],
])('a window %s is empty, without a request', async (_case, now, window) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  const { openai, calls } = await provider(() => ({ status: 500 }));
  const read = await openai.costs(KEY, window);
  vi.useRealTimers();
  expect(read.days).toEqual([]);
  expect(read.from).toBe(read.to);
  expect(calls).toEqual([]);
});

test.each([
  { from: '2026-01-01', to: '2026-03-05' },
  { from: '2026-01-02', to: '2026-01-01' },
  { from: '2026-02-30', to: '2026-03-02' },
  { from: 'today', to: '2026-03-02' },
])('a wrong window $from – $to is a programming error', async (window) => {
  const { openai, calls } = await provider(() => ({ status: 500 }));
  await expect(openai.costs(KEY, window)).rejects.toBeInstanceOf(RangeError);
  await expect(openai.totals(KEY, window)).rejects.toBeInstanceOf(RangeError);
  expect(calls).toEqual([]);
});
