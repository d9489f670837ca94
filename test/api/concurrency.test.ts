import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { runningQuestions } from './running-queries.ts';
import { serveApi } from './serve.ts';

const AT_ONCE = 4;
const IN_LINE = 60;

let database: Database;
const temporal = Connection.lazy(); // is not asked
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
  const ask = (tenantId: string, path: string, init: RequestInit = {}) =>
    fetch(api.url + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${tenantId}` } });
  const left = () => api.responses.filter(({ destroyed, writableFinished }) => destroyed && !writableFinished).length;
  return { ask, left };
}

test('a tenant who asks for much at once waits in line, then is refused; the others do not notice', async () => {
  const { warehouse } = database;
  const held = Promise.withResolvers<void>();
  let begun = 0;
  const { ask, left } = await serve({
    ...warehouse,
    async query(question) {
      if (question.name === 'projects' && question.params?.tenant_id === 'many') {
        begun += 1;
        await held.promise;
      }
      return warehouse.query(question);
    },
  });
  const statuses: number[] = [];
  const leave = new AbortController();
  const once = async (init?: RequestInit) => {
    const answer = await ask('many', '/v1/projects', init);
    statuses.push(answer.status);
    return answer;
  };
  const running = Array.from({ length: AT_ONCE }, () => once());
  await vi.waitUntil(() => begun === AT_ONCE, { timeout: 60_000 });
  const leaving = Array.from({ length: IN_LINE + 1 }, () => once({ signal: leave.signal }));
  await vi.waitUntil(() => statuses.length === 1, { timeout: 60_000 });

  const refused = await Promise.any(leaving);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await refused.json()).toMatchObject({ code: 'too_many_at_once' });
  const other = await ask('other', '/v1/projects');
  expect(other.status).toBe(200);
  expect((await ask('many', '/v1/session')).status).toBe(200); // which asks nothing of the warehouse

  leave.abort();
  await Promise.allSettled(leaving);
  await vi.waitUntil(() => left() === IN_LINE, { timeout: 60_000 });
  const waiting = Array.from({ length: IN_LINE }, () => once());
  expect(begun).toBe(AT_ONCE);
  held.resolve();
  await Promise.all([...running, ...waiting]);
  expect(statuses).toEqual([429, ...Array(AT_ONCE + IN_LINE).fill(200)]);

  const etag = other.headers.get('etag') ?? '';
  expect((await ask('other', '/v1/projects', { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await ask('many', '/v1/projects')).status).toBe(200);
});

test('exports that run at once are few, and those that were left make room', async () => {
  const own = await createDatabase();
  closers.push(own.drop);
  await writeIntegration(own.warehouse, integration({ tenant_id: 'one', integration_id: 'i' }));
  await own.warehouse.command(
    'an endless view',
    `CREATE OR REPLACE VIEW usage AS
     SELECT 'one' AS tenant_id, 'i' AS integration_id, 'd' AS dataset, toDate('2026-01-01') AS day
     FROM system.numbers WHERE sipHash64(number) = 1`,
  );
  const { ask } = await serve(own.warehouse);
  const leave = new AbortController();
  const path = '/v1/exports/usage?format=jsonl&from=2026-01-01&to=2026-01-02';
  const running = () => runningQuestions(own, 'export usage');
  const endless = Array.from({ length: AT_ONCE }, () => ask('one', path, { signal: leave.signal }));
  const settled = Promise.allSettled(endless);
  await vi.waitUntil(async () => (await running()) === AT_ONCE, { timeout: 30_000 });

  const refused = await ask('one', path);
  expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too_many_at_once' }]);
  leave.abort();
  await settled;
  await vi.waitUntil(async () => (await running()) === 0, { timeout: 30_000 });
  expect((await ask('one', '/v1/exports/costs?from=2026-01-01&to=2026-01-02')).status).toBe(200);
});
