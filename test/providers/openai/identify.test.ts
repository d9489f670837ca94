import { expect, test } from 'vitest';
import { bucketsOf, page, paged, row } from './ledger.ts';
import { type Call, KEY, provider, refusal } from './provider.ts';

const UNKNOWN = { id: '', name: '' };
const quiet = (call: Call) => ({ body: page(bucketsOf(call, () => [])) });
const billed = (call: Call, fields: object) => ({
  body: page(bucketsOf(call, () => [row('', '1'), { ...row('', '1'), ...fields }])),
});
const isMe = (call: Call) => call.path === '/me';
const isEarlier = (call: Call) => call.params.get('limit') === '180';

test('in the rows of the last month', async () => {
  const { openai, calls } = await provider((call) =>
    billed(call, { organization_id: 'org-1', organization_name: 'Acme' }),
  );
  expect(await openai.identify(KEY)).toEqual({ id: 'org-1', name: 'Acme' });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.groupBy).toEqual(['project_id']);
});

test('in the half year before, by one request, after /me', async () => {
  const { openai, calls } = await provider((call) =>
    isEarlier(call) ? billed(call, { organization_id: 'org-1', organization_name: 'Acme' }) : quiet(call),
  );
  expect(await openai.identify(KEY)).toEqual({ id: 'org-1', name: 'Acme' });
  expect(calls.map(({ path }) => path)).toEqual(['/organization/costs', '/me', '/organization/costs']);
  const [recent, before] = [calls[0], calls[2]]
    .map((call) => call?.params)
    .map((params) => [params?.get('start_time'), params?.get('end_time')].map(Number));
  expect(before?.[1]).toBe(recent?.[0]);
  expect((before?.[1] ?? 0) - (before?.[0] ?? 0)).toBe(180 * 86_400);
});

test.each([
  ['named by title', { orgs: { data: [{ id: 'org-1', title: 'Acme' }] } }],
  ['named by name', { orgs: { data: [{ id: 'org-1', name: 'Acme', title: null }] } }],
])('by /me, %s', async (_case, body) => {
  const { openai } = await provider((call) => (isMe(call) ? { body } : quiet(call)));
  expect(await openai.identify(KEY)).toEqual({ id: 'org-1', name: 'Acme' });
});

const TWO = {
  orgs: {
    data: [
      { id: 'org-0', title: 'Private' },
      { id: 'org-1', title: 'Acme' },
    ],
  },
};

test('of several organizations in /me, only one that agrees with a clue', async () => {
  const clueless = await provider((call) => (isMe(call) ? { body: TWO } : quiet(call)));
  expect(await clueless.openai.identify(KEY)).toEqual(UNKNOWN);

  const header = { 'openai-organization': 'org-1' };
  const hinted = await provider((call) => (isMe(call) ? { body: TWO } : { ...quiet(call), headers: header }));
  expect(await hinted.openai.identify(KEY)).toEqual({ id: 'org-1', name: 'Acme' });
});

test.each([
  ['an id but no name', { organization_id: 'org-1', organization_name: null }],
  ['a name but no id', { organization_name: 'Acme' }],
])('rows with %s: /me adds the rest', async (_case, fields) => {
  const { openai } = await provider((call) => (isMe(call) ? { body: TWO } : billed(call, fields)));
  expect(await openai.identify(KEY)).toEqual({ id: 'org-1', name: 'Acme' });
});

test('rows that contradict /me are believed', async () => {
  const other = { orgs: { data: [{ id: 'org-0', title: 'Private' }] } };
  const { openai } = await provider((call) =>
    isMe(call) ? { body: other } : billed(call, { organization_id: 'org-1' }),
  );
  expect(await openai.identify(KEY)).toEqual({ id: 'org-1', name: '' });
});

test.each([
  ['org-1', { id: 'org-1', name: '' }],
  ['acme-inc', { id: '', name: 'acme-inc' }],
])('by the response header %s', async (header, expected) => {
  const { openai } = await provider((call) =>
    isMe(call) ? { status: 404 } : { ...quiet(call), headers: { 'openai-organization': header } },
  );
  expect(await openai.identify(KEY)).toEqual(expected);
});

test.each([
  ['is forbidden', { status: 403, body: { error: 'Missing scopes: x' } }],
  ['rejects the key', { status: 401, body: { error: { code: 'invalid_api_key' } } }],
  ['does not exist', { status: 404 }],
  ['speaks otherwise', { body: { orgs: [] } }],
  ['speaks no JSON', { body: '<html>' }],
])('a good key stays good when /me %s', async (_case, reply) => {
  const { openai } = await provider((call) => (isMe(call) ? reply : quiet(call)));
  expect(await openai.identify(KEY)).toEqual(UNKNOWN);
});

test.each([
  ['is down', { status: 503, headers: { 'retry-after': '7' } }, { kind: 'provider_unavailable', retryAfterMs: 7000 }],
  ['slows down', { status: 429 }, { kind: 'rate_limited' }],
  ['breaks off', undefined, { kind: 'provider_unavailable' }],
])('an organization that only /me could name is a failure to retry when /me %s', async (_case, reply, error) => {
  const silent = await provider((call, response) => {
    if (isMe(call) && !reply) response.destroy();
    return isMe(call) ? reply : quiet(call);
  });
  await expect(silent.openai.identify(KEY)).rejects.toMatchObject({ ...error, endpoint: '/me' });

  const header = { 'openai-organization': 'org-1' };
  const hinted = await provider((call) => (isMe(call) ? { status: 500 } : { ...quiet(call), headers: header }));
  expect(await hinted.openai.identify(KEY)).toEqual({ id: 'org-1', name: '' });

  const known = { organization_id: 'org-1' };
  const billedOnce = await provider((call) => (isMe(call) ? { status: 500 } : billed(call, known)));
  expect(await billedOnce.openai.identify(KEY)).toEqual({ id: 'org-1', name: '' });
});

test('a server that clamps its pages is not read through, and its newest days are seen', async () => {
  const nameless = await provider((call) => (isMe(call) ? { status: 404 } : { body: paged(call, 7) }));
  expect(await nameless.openai.identify(KEY)).toEqual(UNKNOWN);
  expect(nameless.calls.length).toBeLessThanOrEqual(5);
  expect(nameless.calls.filter(({ params }) => params.has('page'))).toEqual([]);

  const yesterday = Date.now() / 1000 - 2 * 86_400;
  const young = await provider((call) => {
    const { data, ...rest } = paged(call, 7);
    const named = { ...row('', '1'), organization_id: 'org-1', organization_name: 'Acme' };
    return {
      body: { ...rest, data: data.map((one) => ({ ...one, results: one.start_time > yesterday ? [named] : [] })) },
    };
  });
  expect(await young.openai.identify(KEY)).toEqual({ id: 'org-1', name: 'Acme' });
  expect(young.calls).toHaveLength(2);
});

test('a refused history is no history', async () => {
  const { openai } = await provider((call) => (isEarlier(call) || isMe(call) ? refusal('no') : quiet(call)));
  expect(await openai.identify(KEY)).toEqual(UNKNOWN);
});

test('a young provider and a small page: refusals are adapted to', async () => {
  const { openai } = await provider((call) => {
    if (Number(call.params.get('limit')) > 31) return refusal('limit too large', { param: 'limit' });
    const old = Date.now() / 1000 - Number(call.params.get('start_time')) > 100 * 86_400;
    const earliest = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
    if (old) return refusal(`Earliest supported start date: ${earliest} (UTC)`);
    const recent = Date.now() / 1000 - Number(call.params.get('start_time')) < 32 * 86_400;
    return recent ? quiet(call) : billed(call, { organization_id: 'org-1', organization_name: 'Acme' });
  });
  expect(await openai.identify(KEY)).toEqual({ id: 'org-1', name: 'Acme' });
});
