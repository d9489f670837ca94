import { inspect } from 'node:util';
import { Agent } from 'undici';
import { expect, test } from 'vitest';
import { ProviderError } from '#providers/http/error.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { MONTH, paged } from './ledger.ts';
import { KEY, provider } from './provider.ts';

const ECHO = 'UPSTREAM-WORDS sk-admin-9Qx7****zz81';
const body = (message: string, code?: string) => ({ error: { message: `${message} ${ECHO}`, code, type: ECHO } });
const SCOPES = 'You have insufficient permissions for this operation. Missing scopes: api.usage.read.';

/** The error, after everything that a log could print of it was searched for the key and for upstream text. */
async function errorOf(promise: Promise<unknown>, key = KEY): Promise<ProviderError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw new Error(`not an ProviderError: ${inspect(error)}`);
  const printed =
    inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(error) + error.stack;
  for (const secret of [key.trim(), 'UPSTREAM', 'sk-admin', 'zz81']) {
    if (secret !== '') expect(printed).not.toContain(secret);
  }
  expect(error.cause).toBeUndefined();
  return error;
}

test.each([
  ['a wrong key', 401, body('Incorrect API key provided:', 'invalid_api_key'), 'key_rejected'],
  [
    'a wrong key whose echo holds a telling word',
    401,
    body('Incorrect: missing scopes', 'invalid_api_key'),
    'key_rejected',
  ],
  ['a revoked key', 401, body('The account is deactivated', 'account_deactivated'), 'key_rejected'],
  ['401 and a bare string', 401, { error: `Unauthorized ${ECHO}` }, 'key_rejected'],
  ['401 and nothing', 401, '', 'key_rejected'],
  ['401 and a list', 401, [], 'key_rejected'],
  ['a project key, 401', 401, body(SCOPES), 'scope_missing'],
  ['a project key, 403', 403, body(SCOPES), 'scope_missing'],
  ['a project key, 401 and a bare string', 401, { error: SCOPES }, 'scope_missing'],
  ['403 by code only', 403, body('No.', 'insufficient_permissions'), 'scope_missing'],
  ['403 and a bare string', 403, { error: ECHO }, 'scope_missing'],
  ['a firewall’s page', 403, `<html>${ECHO}</html>`, 'provider_unavailable'],
  ['a firewall’s page about the query', 400, `<html>${ECHO}</html>`, 'provider_unavailable'],
  ['a refusal without a word', 400, '', 'provider_unavailable'],
  ['half of a refusal', 422, '{"error":{"mess', 'provider_unavailable'],
  ['a country that is not served', 403, body('no', 'unsupported_country_region_territory'), 'country_unsupported'],
  ['a country, by its text', 403, body('Country, region, or territory not supported'), 'country_unsupported'],
  ['a network that is not admitted', 401, body('Your IP is not authorized', 'ip_not_authorized'), 'network_refused'],
  ['a network, by its text', 403, body('Your IP is not authorized'), 'network_refused'],
  ['a network that is not listed', 403, body('Your IP 1.2.3.4 is not in the allowlist'), 'network_refused'],
  ['a network that is on no list', 403, body('Not on your organization’s IP allow-list'), 'network_refused'],
  ['another region, 401', 401, body('regional', 'incorrect_hostname'), 'wrong_region'],
  ['another region, 403', 403, body('regional', 'incorrect_hostname'), 'wrong_region'],
  ['another region, by its text', 401, body('… with incorrect regional hostname.'), 'wrong_region'],
  ['an archived project', 401, body('Project is archived'), 'project_archived'],
  ['an archived project, in other words', 401, body('The project you request has been archived'), 'project_archived'],
  ['an expired key', 401, body('no', 'api_key_expired'), 'key_expired'],
  ['an expired key, by its text', 401, body('Your API key has expired.'), 'key_expired'],
  ['too many requests', 429, body('slow down', 'rate_limit_exceeded'), 'rate_limited'],
  ['a used-up quota, no fault of the key', 429, body('quota', 'insufficient_quota'), 'rate_limited'],
  ['an outage', 500, body('oops'), 'provider_unavailable'],
  ['an outage behind a gateway', 502, `<html>${ECHO}</html>`, 'provider_unavailable'],
  ['an overload', 503, '', 'provider_unavailable'],
  ['an outage as 404', 404, body('Not found'), 'provider_unavailable'],
  ['a timeout over there', 408, '', 'provider_unavailable'],
  ['a page instead of JSON', 200, `<html>${ECHO}</html>`, 'provider_unavailable'],
  ['nothing instead of JSON', 200, '', 'provider_unavailable'],
  ['half of a JSON', 200, '{"data":[', 'provider_unavailable'],
  ['a response without content', 204, '', 'provider_unavailable'],
  ['JSON of another kind', 200, { message: ECHO }, 'malformed_response'],
  ['a refused request', 400, body('start_time is wrong'), 'bad_request'],
  ['a bill to pay', 402, body('pay'), 'bad_request'],
])('%s', async (_case, status, reply, kind) => {
  const { openai } = await provider(() => ({ status, body: reply }));
  for (const attempt of [() => openai.costs(KEY, MONTH), () => openai.totals(KEY, MONTH), () => openai.identify(KEY)]) {
    const error = await errorOf(attempt());
    expect(error).toMatchObject({ kind, status, endpoint: '/organization/costs' });
  }
});

test.each([
  ['Please make your request to us.api.openai.com', 'us.api.openai.com'],
  ['Use https://eu.api.openai.com/v1.', 'eu.api.openai.com'],
  ['Use eu.api.openai.com.', 'eu.api.openai.com'],
  ['Use us.api.openai.com.evil.test', undefined],
  ['Use evil-us.api.openai.com', undefined],
  ['Use api.openai.com', undefined],
  ['Use `us.api.openai.com`', 'us.api.openai.com'],
  ['Use <us.api.openai.com>, please', 'us.api.openai.com'],
  ['Use [us.api.openai.com]?', 'us.api.openai.com'],
  ['us.api.openai.com; not this one', 'us.api.openai.com'],
  ['host=US.api.openai.com:443', 'us.api.openai.com'],
  ['api.openai.com is the incorrect hostname, use us.api.openai.com', 'us.api.openai.com'],
  ['Use eu.api.openai.com@evil.test', undefined],
  ['Use a.b.api.openai.com', undefined],
])('of another region only a host of the known form is named: %s', async (message, host) => {
  const { openai } = await provider(() => ({ status: 401, body: { error: { message, code: 'incorrect_hostname' } } }));
  const error = await errorOf(openai.costs(KEY, MONTH));
  expect(error).toMatchObject({ kind: 'wrong_region', host });
  expect(error.message.includes('.com')).toBe(host !== undefined);
});

test('429 and 503 say how long to wait', async () => {
  const { openai } = await provider(({ index }) => ({
    status: index === 0 ? 429 : 503,
    headers: index === 0 ? { 'retry-after-ms': '1234' } : { 'retry-after': '7' },
  }));
  expect(await errorOf(openai.costs(KEY, MONTH))).toMatchObject({ kind: 'rate_limited', retryAfterMs: 1234 });
  expect(await errorOf(openai.costs(KEY, MONTH))).toMatchObject({ kind: 'provider_unavailable', retryAfterMs: 7000 });
});

test('a redirect is not followed, and takes the key nowhere', async () => {
  const elsewhere = await provider((call) => ({ body: paged(call, 31) }));
  const { openai } = await provider(() => ({
    status: 302,
    headers: { location: `${elsewhere.baseUrl}/organization/costs` },
  }));
  expect(await errorOf(openai.costs(KEY, MONTH))).toMatchObject({ kind: 'provider_unavailable', status: 302 });
  expect(elsewhere.calls).toEqual([]);
});

test.each(['', ' ', `${KEY}\n`, `${KEY}\r\nx-evil: 1`, 'sk-admin-“quoted”', `${KEY}\0`])(
  'a pasted key that cannot be sent is rejected, unsent: %j',
  async (key) => {
    const { openai, calls } = await provider(() => ({ status: 500 }));
    expect(await errorOf(openai.identify(key), key)).toMatchObject({ kind: 'key_rejected', status: undefined });
    expect(calls).toEqual([]);
  },
);

test('no server: not the key’s fault', async () => {
  const openai = createOpenAi({ baseUrl: 'http://127.0.0.1:1/v1' });
  const error = await errorOf(openai.identify(KEY));
  expect(error).toMatchObject({ kind: 'provider_unavailable', status: undefined });
  expect(error.message).toContain('ECONNREFUSED');
  await openai.close();
});

test('a connection lost in the middle', async () => {
  const { openai } = await provider((_call, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"data":', () => response.destroy());
    return undefined;
  });
  expect(await errorOf(openai.costs(KEY, MONTH))).toMatchObject({ kind: 'provider_unavailable' });
});

test.each([
  ['headers', { headersTimeout: 50 }],
  ['body', { bodyTimeout: 50 }],
])('no %s in time', async (part, limits) => {
  const { openai } = await provider((_call, response) => {
    if (part === 'body') response.writeHead(200).write('{');
    return undefined;
  }, new Agent(limits));
  expect(await errorOf(openai.costs(KEY, MONTH))).toMatchObject({ kind: 'provider_unavailable' });
});

test('a response that is too long even for one day', async () => {
  const { openai } = await provider(() => ({ body: ' '.repeat(5_000) }), new Agent({ maxResponseSize: 1_000 }));
  const day = { from: '2026-01-05', to: '2026-01-06' };
  expect(await openai.costs(KEY, day)).toMatchObject({
    days: [],
    unreadable: [{ day: day.from, reason: 'response_too_large' }],
  });
});

test('an abort is the caller’s own reason', async () => {
  const reason = new Error('cancelled by the test');
  const controller = new AbortController();
  const { openai } = await provider(() => {
    controller.abort(reason);
    return undefined;
  });
  await expect(openai.costs(KEY, MONTH, { signal: controller.signal })).rejects.toBe(reason);
  await expect(openai.identify(KEY, { signal: controller.signal })).rejects.toBe(reason);
});

test('a base URL with a slash at its end is the same', async () => {
  const { baseUrl, calls } = await provider((call) => ({ body: paged(call, 31) }));
  const openai = createOpenAi({ baseUrl: `${baseUrl}/` });
  await openai.costs(KEY, MONTH);
  expect(calls[0]?.path).toBe('/organization/costs');
  await openai.close();
});
