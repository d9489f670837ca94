import { Connection } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { awayTemporal } from '../support/away-temporal.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

type Problem = { code: string; detail: string; request_id: string; errors?: { pointer: string; message: string }[] };

let database: Database;
let temporal: Connection;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await createDatabase();
  temporal = await Connection.connect(inject('temporal'));
  await writeIntegration(database.warehouse, integration({ tenant_id: 'one', integration_id: 'i-one' }));
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

/** The API as one tenant sees it. */
async function serve(
  tenantId: string,
  warehouse: Warehouse = database.warehouse,
  connection = temporal,
  log = pino({ level: 'silent' }),
) {
  const { url, headers, close } = await serveApi(warehouse, connection, tenantId, { log });
  closers.push(close);
  return async <T = Problem>(path: string, init: RequestInit = {}) => {
    const response = await fetch(url + path, { headers, ...init });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  };
}

test('facts that differ from OpenAI’s total are a problem that says on how many days, by how much, since when', async () => {
  const key = { tenant_id: 'differs', integration_id: 'i-differs' };
  await writeIntegration(database.warehouse, integration(key));
  const day = costDay('2026-01-01', [costItem({ amount: '1.25' })], '1.5');
  await writeCostDays(database.warehouse, { ...key, version: Date.parse('2026-01-04T00:00:00Z') }, [day]);
  const { body } = await (await serve('differs'))('/v1/integrations/i-differs');
  expect(body).toMatchObject({
    status: 'connected',
    problem: { code: 'not_reconciled', detail: expect.stringMatching(/^1 day differs, by 0\.25 USD: 2026-01-01\. /) },
    reconciliation: { ours: '1.25', theirs: '1.5', difference: '-0.25', agrees: false },
  });
});

test('differences that cancel each other out are told, in each currency by itself, rounded for people', async () => {
  const key = { tenant_id: 'cancels', integration_id: 'i' };
  await writeIntegration(database.warehouse, integration(key));
  const inEuros = costItem({ amount: '7.000000000000000001', currency: 'eur' });
  const days = [
    costDay('2026-01-01', [costItem({ amount: '11' })], '10'),
    costDay('2026-01-02', [costItem({ amount: '9.000000000000000001' })], '10'),
    { ...costDay('2026-01-03', [costItem({ amount: '1' }), inEuros]), provider_totals: { usd: '1', eur: '6' } },
  ];
  await writeCostDays(database.warehouse, { ...key, version: Date.parse('2026-01-06') }, days);
  const { body } = await (await serve('cancels'))<{ problem: Problem; reconciliation: object }>('/v1/integrations/i');
  expect(body.problem.detail).toMatch(
    /^1 day differs, by 1\.00 EUR: 2026-01-03\. 2 days differ, by 2\.00 USD in all, the first on 2026-01-01\. /,
  );
  expect(body.reconciliation).toMatchObject({ agrees: false, differing_days: 3, first_differing_day: '2026-01-01' });
});

test('another tenant sees nothing, and cannot learn that an id exists', async () => {
  const fetchApi = await serve('two');
  expect((await fetchApi('/v1/integrations')).body).toEqual({ data: [] });
  expect((await fetchApi('/v1/projects')).body).toEqual({ data: [] });
  expect((await fetchApi('/v1/costs?from=2026-01-01&to=2026-01-05')).body).toMatchObject({
    total: '0',
    missing_days: [],
  });
  const theirs = await fetchApi('/v1/integrations/i-one');
  const nobodys = await fetchApi('/v1/integrations/i-none');
  expect([theirs.status, theirs.body.code]).toEqual([404, 'not_found']);
  expect({ ...theirs.body, request_id: '' }).toEqual({ ...nobodys.body, request_id: '' });
  expect((await fetchApi('/v1/integrations/attempts/none')).status).toBe(404);
});

test.each([
  ['no token', {}],
  ['a wrong token', { authorization: 'Bearer token-of-two-tenant' }],
  ['another scheme', { authorization: 'Basic b25lOnR3bw==' }],
  ['an empty token', { authorization: 'Bearer ' }],
])('%s is 401, on every path', async (_name, headers) => {
  const fetchApi = await serve('one');
  for (const path of ['/v1/integrations', '/v1/costs', '/v1/projects', '/v1/no-such-path']) {
    const response = await fetchApi(path, { headers });
    expect([response.status, response.body.code]).toEqual([401, 'unauthorized']);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  }
});

test('invalid JSON, large bodies and unknown paths each get their problem', async () => {
  const fetchApi = await serve('one');
  const headers = { authorization: 'Bearer token-of-one-tenant', 'content-type': 'application/json' };
  const post = (body: string) => fetchApi('/v1/integrations', { method: 'POST', headers, body });
  expect((await post('{')).body.code).toBe('invalid_json');
  expect((await post(JSON.stringify({ admin_key: 'a'.repeat(20_000) }))).body.code).toBe('body_too_large');
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1']) {
    const response = await fetchApi('/v1/integrations', {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body: '{}',
    });
    expect([response.status, response.body.code]).toEqual([415, 'unsupported_media_type']);
  }
  const bodiless = await fetchApi('/v1/integrations/any', { method: 'DELETE', headers, body: '{"purge": true}' });
  expect([bodiless.status, bodiless.body.errors]).toEqual([400, [{ pointer: '', message: 'must be empty' }]]);
  const missing = await fetchApi('/v1/nothing');
  expect([missing.status, missing.body.code]).toEqual([404, 'not_found']);
  expect(missing.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(missing.body.request_id).toBe(missing.headers.get('x-request-id'));
});

test('without its servers the API is alive, not ready, and responds with retry-after', async () => {
  const away = openWarehouse({ ...database.options, url: 'http://127.0.0.1:9', application: 'test' });
  closers.push(() => away.close());
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const fetchApi = await serve('one', away, awayTemporal(), log);
  expect((await fetchApi('/health')).status).toBe(200);
  const ready = await fetchApi('/ready');
  expect([ready.status, ready.body]).toEqual([503, { ready: false, warehouse: false, temporal: false }]);
  expect(lines.filter((line) => line.includes('waits'))).toHaveLength(2);
  const costs = await fetchApi('/v1/costs');
  expect([costs.status, costs.body.code]).toEqual([503, 'warehouse_unavailable']);
  expect(costs.headers.get('retry-after')).toBe('5');
  expect(JSON.stringify(costs.body)).not.toContain('127.0.0.1');
});

test('a client’s mistake is never a 500', async () => {
  const fetchApi = await serve('one');
  expect((await fetchApi('/v1/integrations/%E0%A4%A')).status).toBe(404);
  const headers = {
    authorization: 'Bearer token-of-one-tenant',
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  };
  const response = await fetchApi('/v1/integrations', { method: 'POST', headers, body: '{}' });
  expect([response.status, response.body.code]).toEqual([400, 'invalid_json']);
});

test('with its servers the API is ready', async () => {
  const fetchApi = await serve('one');
  // A server that takes seconds counts as away.
  await expect
    .poll(async () => (await fetchApi('/ready')).body)
    .toEqual({ ready: true, warehouse: true, temporal: true });
});

test('without Temporal the API stays ready for reads, and connecting is temporal_unavailable', async () => {
  const fetchApi = await serve('one', database.warehouse, awayTemporal());
  const headers = { authorization: 'Bearer token-of-one-tenant', 'content-type': 'application/json' };
  const body = JSON.stringify({ admin_key: 'sk-admin-example' });
  const response = await fetchApi('/v1/integrations', { method: 'POST', headers, body });
  expect([response.status, response.body.code]).toEqual([503, 'temporal_unavailable']);
  const ready = await fetchApi('/ready');
  expect([ready.status, ready.body]).toEqual([200, { ready: true, warehouse: true, temporal: false }]);
  expect((await fetchApi('/v1/costs')).status).toBe(200);
});
