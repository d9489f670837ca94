import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

let database: Database;
let temporal: Connection;
let api: Awaited<ReturnType<typeof serveApi>>;
/** A token names a tenant, a person, and what it may do: `one/ada/budgets:write`. */
beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), Connection.connect(inject('temporal'))]);
  const verify = async (token: string) => {
    const [tenantId = '', person, scopes = ''] = token.split('/');
    return { id: `${tenantId}/${person}`, tenantId, scopes: new Set(scopes.split('+')) };
  };
  api = await serveApi(database.warehouse, temporal, 'one', { verify });
});
afterAll(async () => {
  await Promise.all([api.close(), temporal.close()]);
  await database.drop();
});

async function request<T>(token: string, method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  const response = await fetch(api.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return {
    status: response.status,
    request_id: response.headers.get('x-request-id'),
    body: (await response.json()) as T,
  };
}
type Page = { data: Record<string, unknown>[]; next_cursor: string | null };
const events = async (query = '', tenant = 'one') =>
  (await request<Page>(`${tenant}/auditor/audit:read`, 'GET', `/v1/audit-events${query}`)).body;

test('every request to change something is recorded once: who, what, and what came of it', async () => {
  const ada = 'one/ada/costs:read+budgets:write';
  const { body, request_id } = await request<{ id: string }>(ada, 'POST', '/v1/budgets', { name: 'A', amount: '100' });
  await request(ada, 'POST', '/v1/budgets', { name: 'A', amount: 'much' });
  await request('one/bob/costs:read', 'DELETE', `/v1/budgets/${body.id}?x=sk-admin-1`);
  await request(ada, 'GET', `/v1/budgets/${body.id}`);
  await request(ada, 'DELETE', `/v1/budgets/${body.id}`);
  await request(ada, 'DELETE', `/v1/budgets/${body.id}`);
  const resource = `/v1/budgets/${body.id}`;
  const { data } = await events();
  expect(data.map(({ id, at, request_id, ...rest }) => rest)).toEqual([
    { caller: 'one/ada', action: 'deleteBudget', resource, status: 404, outcome: 'not_found' },
    { caller: 'one/ada', action: 'deleteBudget', resource, status: 200, outcome: 'succeeded' },
    { caller: 'one/bob', action: 'deleteBudget', resource, status: 403, outcome: 'insufficient_scope' },
    { caller: 'one/ada', action: 'createBudget', resource: '/v1/budgets', status: 400, outcome: 'invalid_request' },
    { caller: 'one/ada', action: 'createBudget', resource, status: 201, outcome: 'succeeded' },
  ]);
  expect(data.at(-1)?.request_id).toBe(request_id);
  expect(new Set(data.map(({ id }) => id)).size).toBe(5);
});

test('events are filtered, and paged without a gap or a repetition', async () => {
  const { data } = await events();
  const walked: unknown[] = [];
  let cursor: string | null = '';
  do {
    const page: Page = await events(`?limit=2${cursor && `&cursor=${cursor}`}`);
    walked.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor);
  expect(walked).toEqual(data);
  expect((await events('?caller=one/bob')).data).toEqual([data[2]]);
  expect((await events('?action=createBudget')).data).toEqual(data.slice(3));
  expect((await events('?to=2025-01-01&from=2024-01-01')).data).toEqual([]);
  expect(await events('', 'two')).toEqual({ data: [], next_cursor: null });
  expect(await events('?cursor=bm90aGluZw')).toMatchObject({ code: 'invalid_request' });
});

test('what is told of anomalies is set as a whole, and recorded', async () => {
  const [path, ada] = ['/v1/anomaly-settings', 'three/ada/costs:read+budgets:write'];
  const defaults = { sensitivity: 'medium', minimum: '20.00', muted: [] };
  expect((await request(ada, 'GET', path)).body).toEqual(defaults);
  const muted = [{ dimension: 'model', value: 'gpt-6' }];
  const set = { sensitivity: 'low', minimum: '99.5', muted };
  expect(await request(ada, 'PUT', path, set)).toMatchObject({ status: 200, body: { ...set, minimum: '99.50' } });
  expect((await request(ada, 'GET', path)).body).toEqual({ ...set, minimum: '99.50' });
  expect((await request('two/eve/costs:read', 'GET', path)).body).toEqual(defaults);
  expect(
    (await request(ada, 'PUT', path, { sensitivity: 'low', muted: [{ dimension: 'user_id', value: 'u' }] })).status,
  ).toBe(400);
  const { data } = await events('?action=updateAnomalySettings', 'three');
  expect(data.map(({ outcome, resource }) => [outcome, resource])).toEqual([
    ['invalid_request', path],
    ['succeeded', path],
  ]);
});

test('what cannot be recorded is not done; what is done is confirmed, even where that cannot be recorded', async () => {
  let failing = [false];
  const failOnAudit = async () => {
    if (failing.shift()) throw new WarehouseError('no space', '243', '');
  };
  const insert: typeof database.warehouse.insert = async (table, ...rest) => {
    if (table === 'audit_events') await failOnAudit();
    return database.warehouse.insert(table, ...rest);
  };
  const verify = async () => ({ id: 'ada', tenantId: 'four', scopes: new Set(['costs:read', 'budgets:write']) });
  const full = await serveApi({ ...database.warehouse, insert }, temporal, 'four', { verify });
  async function create() {
    const headers = { authorization: 'Bearer a-token', 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'A', amount: '100' });
    return (await fetch(`${full.url}/v1/budgets`, { method: 'POST', headers, body })).status;
  }
  const count = async () => (await request<Page>('four/ada/costs:read', 'GET', '/v1/budgets')).body.data.length;
  failing = [true, true];
  expect([await create(), await count(), (await events('', 'four')).data]).toEqual([503, 0, []]);
  failing = [false, true];
  expect([await create(), await count()]).toEqual([201, 1]);
  expect((await events('', 'four')).data).toMatchObject([{ action: 'createBudget', status: null, outcome: 'begun' }]);
  await full.close();
});

test('they are for those who may read them', async () => {
  expect((await request('one/ada/costs:read', 'GET', '/v1/audit-events')).status).toBe(403);
});
