import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { runningQueries } from './running-queries.ts';

const CONCURRENCY = 4;
const QUEUE_LIMIT = 60;

let database: Database;
const temporal = Connection.lazy(); // never connects
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

async function serve(warehouse: Warehouse) {
  const verify = async (token: string) => ({ id: token, tenantId: token, scopes: new Set(['costs:read']) });
  const api = await serveApi(warehouse, temporal, '', { verify });
  closers.push(api.close);
  const fetchApi = (tenantId: string, path: string, init: RequestInit = {}) =>
    fetch(api.url + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${tenantId}` } });
  const left = () => api.responses.filter(({ destroyed, writableFinished }) => destroyed && !writableFinished).length;
  return { fetchApi, left };
}

test('the load of one tenant is queued, then refused, and does not affect others', async () => {
  const { warehouse } = database;
  const held = Promise.withResolvers<void>();
  let begun = 0;
  const { fetchApi, left } = await serve({
    ...warehouse,
    async query(question) {
      if (question.name === 'costs' && question.params?.tenant_id === 'many') {
        begun += 1;
        await held.promise;
      }
      return warehouse.query(question);
    },
  });
  const statuses: number[] = [];
  const leave = new AbortController();
  let questions = 0;
  const fetchCosts = async (init?: RequestInit) => {
    questions += 1; // equal ones would share one statement
    const response = await fetchApi('many', `/v1/costs?limit=${questions}`, init);
    statuses.push(response.status);
    return response;
  };
  const running = Array.from({ length: CONCURRENCY }, () => fetchCosts());
  await vi.waitUntil(() => begun === CONCURRENCY, { timeout: 60_000 });
  const leaving = Array.from({ length: QUEUE_LIMIT + 1 }, () => fetchCosts({ signal: leave.signal }));
  await vi.waitUntil(() => statuses.length === 1, { timeout: 60_000 });

  const refused = await Promise.any(leaving);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await refused.json()).toMatchObject({ code: 'too_many_at_once' });
  const other = await fetchApi('other', '/v1/projects');
  expect(other.status).toBe(200);
  expect((await fetchApi('many', '/v1/session')).status).toBe(200); // it does not query the warehouse

  leave.abort();
  await Promise.allSettled(leaving);
  await vi.waitUntil(() => left() === QUEUE_LIMIT, { timeout: 60_000 });
  const waiting = Array.from({ length: QUEUE_LIMIT }, () => fetchCosts());
  expect(begun).toBe(CONCURRENCY);
  held.resolve();
  await Promise.all([...running, ...waiting]);
  expect(statuses).toEqual([429, ...Array(CONCURRENCY + QUEUE_LIMIT).fill(200)]);

  const etag = other.headers.get('etag') ?? '';
  expect((await fetchApi('other', '/v1/projects', { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await fetchApi('many', '/v1/projects')).status).toBe(200);
});

test('concurrent exports are limited, and disconnecting frees their slots', async () => {
  const own = await createDatabase();
  closers.push(own.drop);
  await writeIntegration(own.warehouse, integration({ tenant_id: 'one', integration_id: 'i' }));
  await own.warehouse.command(
    'an endless view',
    `CREATE OR REPLACE VIEW usage AS
     SELECT 'one' AS tenant_id, 'i' AS integration_id, 'd' AS dataset, toDate('2026-01-01') AS day
     FROM system.numbers WHERE sipHash64(number) = 1`,
  );
  const { fetchApi } = await serve(own.warehouse);
  const leave = new AbortController();
  const path = '/v1/exports/usage?format=jsonl&from=2026-01-01&to=2026-01-02';
  const running = () => runningQueries(own, 'export usage');
  const endless = Array.from({ length: CONCURRENCY }, () => fetchApi('one', path, { signal: leave.signal }));
  const settled = Promise.allSettled(endless);
  await vi.waitUntil(async () => (await running()) === CONCURRENCY, { timeout: 60_000 });

  const refused = await fetchApi('one', path);
  expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too_many_at_once' }]);
  leave.abort();
  await settled;
  await vi.waitUntil(async () => (await running()) === 0, { timeout: 60_000 });
  expect((await fetchApi('one', '/v1/exports/costs?from=2026-01-01&to=2026-01-02')).status).toBe(200);
});
