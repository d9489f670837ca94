import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { WarehouseError } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { writeCostDays } from '#clickhouse/writes/cost-days.ts';
import { writeNames } from '#clickhouse/writes/names.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { runningQuestions } from './running-queries.ts';
import { serveApi } from './serve.ts';

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
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(api.url + path, { ...init, headers: { ...api.headers, ...(init.headers as Record<string, string>) } });
  return { ...api, ask };
}

test('an answer is made once: 304 until a day, a name or an integration changes, before anything is summed', async () => {
  const asked: string[] = [];
  const { warehouse } = database;
  const counting: typeof warehouse = {
    ...warehouse,
    query(question) {
      asked.push(question.name);
      return warehouse.query(question);
    },
  };
  const { ask } = await serve({}, counting);
  const path = '/v1/costs?from=2026-01-01&to=2026-01-05';
  const etagOf = async () => (await ask(path)).headers.get('etag') ?? '';
  const write = (version: number, amount: string) =>
    writeCostDays(warehouse, { ...key, version }, [costDay('2026-01-01', [costItem({ amount })])]);

  const changes = [
    () => write(Date.parse('2026-01-03'), '1'),
    () => write(Date.parse('2026-01-04'), '2'),
    () => write(Date.parse('2026-01-05'), '2'), // read again, unchanged: synced_through may be another
    () => writeNames(warehouse, { ...key, version: 1 }, [{ kind: 'project', id: 'p', name: 'new' }]),
    () => writeIntegration(warehouse, integration({ ...key, status: 'disconnected' })),
  ];
  const seen = new Set<string>();
  for (const change of changes) {
    await change();
    const etag = await etagOf();
    expect(seen.has(etag)).toBe(false);
    seen.add(etag);
    asked.length = 0;
    const again = await ask(path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, await again.text(), asked]).toEqual([304, '', ['revision']]);
    expect((await ask(`${path}&group_by=model`, { headers: { 'if-none-match': etag } })).status).toBe(200);
  }
});

test('an answer is of the state that it names: one that was begun before a change is made anew', async () => {
  const { warehouse } = database;
  const own = { tenant_id: 'one', integration_id: 'changing' };
  await writeIntegration(warehouse, integration(own));
  const write = (version: number, amount: string) =>
    writeCostDays(warehouse, { ...own, version }, [costDay('2026-01-01', [costItem({ amount })])]);
  await write(1, '1');

  const summed: Promise<unknown>[] = [];
  let change = async () => {};
  const { ask } = await serve(
    {},
    {
      ...warehouse,
      async query(question) {
        if (question.name === 'revision') await change();
        const rows = warehouse.query(question);
        if (question.name === 'costs') summed.push(rows);
        return rows;
      },
    },
  );
  const read = async () => {
    summed.length = 0;
    const answer = await ask('/v1/costs?from=2026-01-01&to=2026-01-02&integration_id=changing');
    const { total, revision } = (await answer.json()) as { total: string; revision: string };
    return { total, revision, etag: answer.headers.get('etag'), sums: summed.length };
  };
  const first = await read();
  expect(first).toMatchObject({ total: '1', sums: 1 });
  expect(await read()).toEqual(first);

  // The sums that were begun are there when the day changes, and the state is looked at after that.
  change = async () => {
    await vi.waitUntil(() => summed.length === 1, { timeout: 10_000 });
    await summed[0];
    await write(2, '2');
  };
  const second = await read();
  expect(second).toMatchObject({ total: '2', sums: 2 });
  expect(second.revision).not.toBe(first.revision);
  expect(second.etag).not.toBe(first.etag);
  change = async () => {};
  expect(await read()).toEqual({ ...second, sums: 1 });
});

test('whoever leaves ends what was asked for him in the warehouse', async () => {
  const own = await createDatabase();
  closers.push(own.drop);
  await own.warehouse.command(
    'an endless view',
    `CREATE OR REPLACE VIEW projects AS
     SELECT 'one' AS tenant_id, 'i' AS integration_id, 'p' AS project_id, 'P' AS project_name, '' AS status
     FROM system.numbers WHERE sipHash64(number) = 1`,
  );
  const running = () => runningQuestions(own, 'projects');
  const { ask } = await serve({}, own.warehouse);
  const leave = new AbortController();
  const answer = ask('/v1/projects', { signal: leave.signal });
  await vi.waitUntil(async () => (await running()) === 1, { timeout: 30_000 });
  leave.abort();
  await expect(answer).rejects.toThrow('aborted');
  await vi.waitUntil(async () => (await running()) === 0, { timeout: 30_000 });
});

test('each credential has a number of requests a minute, and is told how many are left', async () => {
  const { ask } = await serve({ rateLimit: 2 });
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await ask('/v1/projects'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[0]?.headers.get('ratelimit')).toMatch(/r=1/);
  expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answers[2]?.json()).toMatchObject({ code: 'too_many_requests' });
});

test('pages of other origins may ask only where they are allowed to, and caches know', async () => {
  const { ask } = await serve({ corsOrigins: ['https://app.example'] });
  const from = (origin: string) => ask('/v1/projects', { headers: { origin } });
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
  ['43', 500, 'internal_error'],
])('the warehouse’s error %s is %i %s', async (code, status, problem) => {
  const failing: typeof database.warehouse = {
    ...database.warehouse,
    query: () => Promise.reject(new WarehouseError('a question failed', code, 'id')),
  };
  const answer = await (await serve({}, failing)).ask('/v1/projects');
  expect([answer.status, await answer.json()]).toMatchObject([status, { code: problem }]);
});

test('an event stream ends with its token', async () => {
  await writeIntegration(database.warehouse, integration(key));
  const expiresAt = Date.now() + 5_000;
  const credential = { id: 'a', tenantId: 'one', scopes: new Set(['costs:read']), expiresAt };
  const { ask } = await serve({ verify: async () => credential });
  const events = await (await ask('/v1/integrations/i/events')).text();
  expect(events).toContain('event: integration');
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
});
