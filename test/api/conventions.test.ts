import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { runningQueries } from './running-queries.ts';

let database: Database;
let temporal: Connection;
const closers: (() => Promise<unknown>)[] = [];
const key = { tenant_id: 'one', integration_id: 'i' };
beforeAll(async () => {
  database = await createDatabase();
  temporal = await Connection.connect(inject('temporal'));
  await writeIntegration(database.warehouse, integration(key));
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

async function serve(options: Parameters<typeof serveApi>[3] = {}, warehouse = database.warehouse) {
  const api = await serveApi(warehouse, temporal, 'one', options);
  closers.push(api.close);
  const fetchApi = (path: string, init: RequestInit = {}) =>
    fetch(api.url + path, { ...init, headers: { ...api.headers, ...(init.headers as Record<string, string>) } });
  return { ...api, fetchApi };
}

test('a response is 304 until a day, a name or an integration changes, without any other query', async () => {
  const queried: string[] = [];
  const { warehouse } = database;
  const counting: typeof warehouse = {
    ...warehouse,
    query(question) {
      queried.push(question.name);
      return warehouse.query(question);
    },
  };
  const { fetchApi } = await serve({}, counting);
  const path = '/v1/costs?from=2026-01-01&to=2026-01-05';
  const etagOf = async () => (await fetchApi(path)).headers.get('etag') ?? '';
  const write = (version: number, amount: string) =>
    writeCostDays(warehouse, { ...key, version }, [costDay('2026-01-01', [costItem({ amount })])]);

  const changes = [
    () => write(Date.parse('2026-01-03'), '1'),
    () => write(Date.parse('2026-01-04'), '2'),
    () => write(Date.parse('2026-01-05'), '2'), // read again, unchanged: synced_through may be another
    () => createNameWriter(warehouse, { ...key, version: 1 }).write([{ kind: 'project', id: 'p', name: 'new' }]),
    () => writeIntegration(warehouse, integration({ ...key, status: 'disconnected' })),
  ];
  const seen = new Set<string>();
  for (const change of changes) {
    await change();
    const etag = await etagOf();
    expect(seen.has(etag)).toBe(false);
    seen.add(etag);
    queried.length = 0;
    const again = await fetchApi(path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, await again.text(), queried]).toEqual([304, '', ['revision']]);
    expect((await fetchApi(`${path}&group_by=model`, { headers: { 'if-none-match': etag } })).status).toBe(200);
  }
});

test('a response belongs to its revision: one that was computed before a change is not given after it', async () => {
  const { warehouse } = database;
  const own = { tenant_id: 'one', integration_id: 'changing' };
  await writeIntegration(warehouse, integration(own));
  const write = (version: number, amount: string) =>
    writeCostDays(warehouse, { ...own, version }, [costDay('2026-01-01', [costItem({ amount })])]);
  await write(1, '1');

  let sums = 0;
  let change = async () => {};
  const { fetchApi } = await serve(
    {},
    {
      ...warehouse,
      async query(question) {
        const rows = await warehouse.query(question);
        if (question.name !== 'costs') return rows;
        sums += 1;
        await change();
        return rows;
      },
    },
  );
  const read = async (limit: number) => {
    sums = 0;
    const path = `/v1/costs?from=2026-01-01&to=2026-01-02&integration_id=changing&limit=${limit}`;
    const response = await fetchApi(path);
    const { total, revision } = (await response.json()) as { total: string; revision: string };
    return { total, revision, etag: response.headers.get('etag'), sums };
  };
  const first = await read(1);
  expect(first).toMatchObject({ total: '1', sums: 1 });
  expect(await read(1)).toEqual({ ...first, sums: 0 });

  // The sums are complete before the day changes, and the response is sent after that.
  change = async () => {
    change = async () => {};
    await write(2, '2');
  };
  expect(await read(2)).toMatchObject({ total: '1', sums: 1, revision: first.revision });
  const after = await read(2);
  expect(after).toMatchObject({ total: '2', sums: 1 });
  expect(after.revision).not.toBe(first.revision);
  const again = await read(1);
  expect(again).toMatchObject({ total: '2', sums: 1, revision: after.revision });
  expect(again.etag).not.toBe(first.etag);
});

test('a caller that disconnects ends its query in the warehouse', async () => {
  const own = await createDatabase();
  closers.push(own.drop);
  await own.warehouse.command(
    'an endless view',
    `CREATE OR REPLACE VIEW projects AS
     SELECT 'one' AS tenant_id, 'i' AS integration_id, 'p' AS project_id, 'P' AS project_name, 'P' AS project_label, '' AS status, '' AS residency
     FROM system.numbers WHERE sipHash64(number) = 1`,
  );
  const running = () => runningQueries(own, 'projects');
  const { fetchApi } = await serve({}, own.warehouse);
  const leave = new AbortController();
  const response = fetchApi('/v1/projects', { signal: leave.signal });
  await vi.waitUntil(async () => (await running()) === 1, { timeout: 60_000 });
  leave.abort();
  await expect(response).rejects.toThrow('aborted');
  await vi.waitUntil(async () => (await running()) === 0, { timeout: 60_000 });
});

test('the requests a minute of a credential are limited, and headers say how many are left', async () => {
  const { fetchApi } = await serve({ rateLimit: 2 });
  const results = [];
  for (let i = 0; i < 3; i++) results.push(await fetchApi('/v1/projects'));
  expect(results.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(results[0]?.headers.get('ratelimit')).toMatch(/r=1/);
  expect(Number(results[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await results[2]?.json()).toMatchObject({ code: 'too_many_requests' });
});

test('only allowed origins get CORS headers, and the response varies by origin', async () => {
  const { fetchApi } = await serve({ corsOrigins: ['https://app.example'] });
  const from = (origin: string) => fetchApi('/v1/projects', { headers: { origin } });
  const allowed = (await from('https://app.example')).headers;
  expect(allowed.get('access-control-allow-origin')).toBe('https://app.example');
  expect(allowed.get('vary')?.toLowerCase()).toMatch(/(?=.*origin)(?=.*authorization)/);
  expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['159', 503, 'too_slow'],
  ['241', 503, 'too_slow'],
  ['202', 503, 'warehouse_busy'],
  ['', 503, 'warehouse_unavailable'],
  ['243', 503, 'warehouse_unavailable'],
  ['43', 500, 'internal_error'],
])('the warehouse’s error %s is %i %s', async (code, status, problem) => {
  const failing: typeof database.warehouse = {
    ...database.warehouse,
    query: () => Promise.reject(new WarehouseError('a question failed', code, 'id')),
  };
  const response = await (await serve({}, failing)).fetchApi('/v1/projects');
  expect([response.status, await response.json()]).toMatchObject([status, { code: problem }]);
});

test('an event stream ends with its token', async () => {
  await writeIntegration(database.warehouse, integration(key));
  let expiresAt = 0;
  async function verify() {
    expiresAt = Date.now() + 5_000;
    return { id: 'a', tenantId: 'one', scopes: new Set(['costs:read']), expiresAt };
  }
  const { fetchApi } = await serve({ verify });
  const events = await (await fetchApi('/v1/integrations/i/events')).text();
  expect(events).toContain('event: integration');
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
});
