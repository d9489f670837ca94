import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

let database: Database;
let temporal: Connection;
let api: Awaited<ReturnType<typeof serveApi>>;
const calls: string[] = [];
beforeAll(async () => {
  database = await createDatabase();
  temporal = await Connection.connect(inject('temporal'));
  for (let i = 0; i < 30; i++) {
    await writeIntegration(database.warehouse, integration({ tenant_id: 'many', integration_id: `i-${i}` }));
  }
  const workflowService = noting(temporal.workflowService);
  const connection = new Proxy(temporal, {
    get: (target, name) => (name === 'workflowService' ? workflowService : Reflect.get(target, name, target)),
  });
  api = await serveApi(database.warehouse, temporal, 'many', { temporal: new Client({ connection }) });
});
afterAll(async () => {
  await api.close();
  // Temporal's connection stays open: the attempt below waits on it, and repeating a call on a closed one throws.
  await database.drop();
});

/** The same object, whose calls are noted. */
function noting<T extends object>(service: T): T {
  return new Proxy(service, {
    get(target, name) {
      const member = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        calls.push(String(name));
        return member.apply(target, given);
      };
    },
  });
}

test('a list of 30 integrations makes one call to Temporal, and further lists share it', async () => {
  const list = async () =>
    ((await (await fetch(`${api.url}/v1/integrations`, { headers: api.headers })).json()) as { data: unknown[] }).data;
  expect(await list()).toHaveLength(30);
  expect(calls).toEqual(['listSchedules']);
  await Promise.all(Array.from({ length: 10 }, list));
  expect(calls.length).toBeLessThanOrEqual(2); // a call is shared for seconds
});

test('connecting asks Temporal nothing before it starts the attempt', async () => {
  calls.length = 0;
  const body = JSON.stringify({ admin_key: `sk-admin-${'x'.repeat(40)}` });
  const headers = { ...api.headers, 'content-type': 'application/json' };
  const leave = new AbortController();
  const response = fetch(`${api.url}/v1/integrations`, { method: 'POST', headers, body, signal: leave.signal });
  await expect.poll(() => calls).toEqual(['startWorkflowExecution', 'updateWorkflowExecution']);
  leave.abort(); // no worker runs
  await response.catch(() => {});
});
