import { Connection } from '@temporalio/client';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { scopes } from '#api/auth/authenticate.ts';
import { verifyJwt } from '#api/auth/verify-jwt.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { writeBudget } from '#clickhouse/budgets/budgets.ts';
import { writeChannel } from '#clickhouse/channels/channels.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { writeSavedView } from '#clickhouse/saved-views/saved-views.ts';
import { addDays } from '#domain/day.ts';
import { raisedAlert } from '../fixtures/channel-fixtures.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { TODAY } from '../support/today.ts';
import { startIdentityProvider } from './identity-provider.ts';

type Operation = { security: { bearer: string[] }[] };

let database: Database;
let temporal: Connection;
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let api: Awaited<ReturnType<typeof serveApi>>;
/** Every route with ids of tenant `one`, and the scope that it requires. */
let requests: { method: string; path: string; scope: string }[];

const INTEGRATION = 'openai-of-one';
const BUDGET = 'budget-of-one';
const CHANNEL = 'channel-of-one';
const VIEW = 'view-0123456789abcdef';
const SECRET = 'Secret project of one';

beforeAll(async () => {
  [database, temporal, provider] = await Promise.all([
    createDatabase(),
    Connection.connect(inject('temporal')),
    startIdentityProvider(),
  ]);
  const key = { tenant_id: 'one', integration_id: INTEGRATION };
  await writeIntegration(database.warehouse, integration(key));
  // No time of a response has these digits.
  const item = costItem({ project_id: 'proj_one', project_name: SECRET, amount: '4321.0625' });
  await writeCostDays(database.warehouse, { ...key, version: 1 }, [costDay('2026-01-01', [item])]);
  await writeBudget(database.warehouse, 'one', {
    budget_id: BUDGET,
    revision: 1,
    name: SECRET,
    filters: {},
    period: 'month',
    amount: '1',
    currency: 'usd',
    thresholds: [],
  });
  await writeChannel(database.warehouse, 'one', {
    ...{ channel_id: CHANNEL, name: SECRET, kind: 'email', host: '', recipients: [] },
    ...{ alert_kinds: [], budget_ids: [], filters: {}, digests: [] },
  });
  const alert = raisedAlert({ title: SECRET });
  await writeAlertEvent(database.warehouse, 'one', alert);
  await writeSavedView(database.warehouse, 'one', { view_id: VIEW, name: SECRET, query: '' });
  api = await serveApi(database.warehouse, temporal, 'one', {
    verify: verifyJwt(provider.options),
    trustedProxies: 1,
  });

  const { paths } = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const values: Record<string, string> = {
    integration_id: INTEGRATION,
    attempt_id: 'an-attempt',
    dataset: 'costs',
    budget_id: BUDGET,
    alert_id: alert.subject.alert_id,
    channel_id: CHANNEL,
    view_id: VIEW,
  };
  requests = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'project_id'),
      scope: security[0]?.bearer[0] ?? '',
    })),
  );
});
afterAll(async () => {
  await Promise.all([api.close(), provider.close(), temporal.close(), database.drop()]);
});

/** Each request comes from an address of its own: one that sends many wrong tokens would have to wait. */
let callers = 0;
async function fetchApi({ method, path }: { method: string; path: string }, token: string) {
  callers += 1;
  const response = await fetch(api.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-forwarded-for': `192.0.${callers >> 8}.${callers & 255}`,
    },
    ...((method === 'POST' || method === 'PUT') && !/\/(acknowledgements|tests)$/.test(path) && { body: bodyOf(path) }),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: response.status, text: await response.text() };
}

const bodyOf = (path: string) =>
  JSON.stringify(
    path.endsWith('/syncs')
      ? { from: addDays(TODAY, -7), to: TODAY }
      : path.includes('/budgets')
        ? { name: 'all', amount: '100' }
        : path.includes('/anomaly-settings')
          ? { sensitivity: 'low' }
          : path.includes('/channels')
            ? { kind: 'email', name: 'all', recipients: ['one@acme.test'] }
            : { admin_key: 'sk-proj-not-one' },
  );

test('a valid token reads its tenant’s data', async () => {
  const { status, text } = await fetchApi(
    { method: 'GET', path: '/v1/costs?from=2026-01-01&to=2026-01-05' },
    await provider.sign(),
  );
  expect(status).toBe(200);
  expect(text).toContain('4321.0625');
});

describe('on every route', () => {
  const seconds = () => Math.floor(Date.now() / 1000);
  const bad: Record<string, () => Promise<string> | string> = {
    'signed by another key': async () => provider.sign({}, { key: (await generateKeyPair('ES256')).privateKey }),
    expired: () => provider.sign({ exp: seconds() - 60 }),
    'without an end': () => provider.sign({ exp: undefined as never }),
    'not valid yet': () => provider.sign({ nbf: seconds() + 60 }),
    'of another audience': () => provider.sign({ aud: 'another-api' }),
    'of another issuer': () => provider.sign({ iss: 'https://issuer.example' }),
    'without a tenant': () => provider.sign({ tenant_id: undefined }),
    'of a tenant that is not text': () => provider.sign({ tenant_id: ['one'] }),
    'of a tenant with a slash': () => provider.sign({ tenant_id: 'one/two' }),
    'of a key that is not published': () => provider.sign({}, { header: { kid: 'two' } }),
    'that is not signed (alg: none)': () =>
      new UnsecuredJWT({ tenant_id: 'one', scope: 'costs:read' })
        .setIssuer(provider.options.issuer)
        .setAudience(provider.options.audience)
        .setExpirationTime('5m')
        .encode(),
    'signed with the public key as a secret (HS256)': () =>
      provider.sign(
        {},
        { key: new TextEncoder().encode(JSON.stringify(provider.publicJwk)), header: { alg: 'HS256' } },
      ),
    'whose claims were changed': async () => {
      const [header, , signature] = (await provider.sign({ tenant_id: 'two' })).split('.');
      const [, claims] = (await provider.sign({ tenant_id: 'one' })).split('.');
      return [header, claims, signature].join('.');
    },
    'that is no token': () => 'anything',
    'that is empty': () => '',
  };
  test.each(Object.keys(bad))('a token %s is 401', async (name) => {
    const token = (await bad[name]?.()) ?? '';
    for (const request of requests) {
      const { status, text } = await fetchApi(request, token);
      expect([request.method, request.path, status]).toEqual([request.method, request.path, 401]);
      expect(JSON.parse(text)).toMatchObject({ code: 'unauthorized' });
    }
  });

  test('a token without the scope is 403, before anything is looked up', async () => {
    for (const request of requests) {
      const others = scopes.filter((scope) => scope !== request.scope);
      for (const scope of [others.join(' '), '', 'costs:read:all']) {
        const { status, text } = await fetchApi(request, await provider.sign({ scope }));
        expect([request.method, request.path, status]).toEqual([request.method, request.path, 403]);
        expect(JSON.parse(text)).toMatchObject({
          code: 'insufficient_scope',
          detail: expect.stringContaining(request.scope),
        });
      }
    }
  });

  test.each([{ scope: ['costs:read'] }, { scope: '', scp: 'costs:read' }, { scope: '', scp: ['costs:read'] }])(
    'a token with %j may read',
    async (claims) => {
      const reads = requests.filter(({ scope }) => scope === 'costs:read');
      const { status } = await fetchApi(reads[0] as (typeof reads)[number], await provider.sign(claims));
      expect([401, 403]).not.toContain(status);
    },
  );

  test('another tenant sees nothing of this one, and cannot learn that an id exists', async () => {
    const token = await provider.sign({ tenant_id: 'two' });
    expect(requests.length).toBeGreaterThan(8);
    for (const request of requests) {
      const theirs = await fetchApi(request, token);
      const nobodys = await fetchApi(
        { ...request, path: request.path.replace(INTEGRATION, 'openai-of-nobody') },
        token,
      );
      expect(theirs.status).toBe(nobodys.status);
      if (request.path.includes(INTEGRATION)) expect([request.path, theirs.status]).toEqual([request.path, 404]);
      for (const { text } of [theirs, nobodys]) {
        for (const trace of [SECRET, 'proj_one', '4321.0625', 'org-1']) expect(text).not.toContain(trace);
      }
      expect(anonymous(theirs.text)).toEqual(anonymous(nobodys.text));
    }
  });

  test('another tenant’s integration is no filter', async () => {
    const token = await provider.sign({ tenant_id: 'two' });
    for (const { method, path } of requests.filter((each) => each.method === 'GET')) {
      const theirs = await fetchApi({ method, path: `${path}?integration_id=${INTEGRATION}` }, token);
      expect(theirs.text).not.toContain('4321.0625');
      expect([200, 400, 404]).toContain(theirs.status);
      const nobodys = await fetchApi({ method, path: `${path}?integration_id=openai-of-nobody` }, token);
      expect(theirs.status).toBe(nobodys.status);
    }
  });
});

/** Removes what differs in each response. */
const anonymous = (text: string) => text.replaceAll(/"request_id":"[^"]+"|openai-of-\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');

test('if the keys cannot be fetched, that is 503 and says nothing about the token', async () => {
  const token = await provider.sign();
  const verify = verifyJwt({ ...provider.options, jwksUrl: 'http://127.0.0.1:9/' });
  const away = await serveApi(database.warehouse, temporal, 'one', { verify });
  const response = await fetch(`${away.url}/v1/costs`, { headers: { authorization: `Bearer ${token}` } });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([503, 'identity_unavailable']);
  expect(response.headers.get('retry-after')).toBe('5');
  await away.close();
});
