import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { purgeIntegration } from '#clickhouse/writes/purge.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { openEvents } from './open-events.ts';

const WAIT = { timeout: 60_000, interval: 20 };

let database: Database;
let temporal: Connection;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await createDatabase();
  temporal = await Connection.connect(inject('temporal'));
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

const path = (id: string) => `/v1/integrations/${id}/events`;
const write = (tenant_id: string, integration_id: string, status: 'backfilling' | 'connected') =>
  writeIntegration(database.warehouse, integration({ tenant_id, integration_id, status }));
const writeDay = (tenant_id: string, integration_id: string, day: string) =>
  writeCostDays(database.warehouse, { tenant_id, integration_id, version: Date.now() }, [
    costDay(day, [costItem({ amount: '1' })], '1'),
  ]);

/** The API as a tenant sees it. `queried` counts the queries of the warehouse by their names. */
async function serve(tenantId: string, warehouse: Warehouse = database.warehouse, stopping = new AbortController()) {
  const queried: Record<string, number> = {};
  const counting: Warehouse = {
    ...warehouse,
    query(question) {
      queried[question.name] = (queried[question.name] ?? 0) + 1;
      return warehouse.query(question);
    },
  };
  const api = await serveApi(counting, temporal, tenantId, { stopping: stopping.signal, metricsToken: 'metrics' });
  closers.push(api.close);
  return { ...api, queried, stopping, open: (id: string) => openEvents(api.url + path(id), api.headers) };
}

test('an integration is sent at once and after each change, until its reader disconnects', async () => {
  const warnings: string[] = [];
  const warn = ({ message }: Error) => void warnings.push(message);
  process.on('warning', warn);
  onTestFinished(() => void process.off('warning', warn));
  await write('grows', 'i', 'backfilling');
  const api = await serve('grows');
  const { response, seen, until, leave } = await api.open('i');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream\b/);
  expect(response.headers.get('cache-control')).toContain('no-transform');
  expect(response.headers.get('content-encoding')).toBeNull();
  await until(({ events }) => expect(events).toMatchObject([{ id: 'i', progress: { days_done: 0 } }]));
  const shown = await fetch(`${api.url}/v1/integrations/i`, { headers: api.headers });
  expect(seen.events[0]).toEqual(await shown.json());

  await writeDay('grows', 'i', '2026-01-01');
  await until(({ events }) => expect(events.at(-1)).toMatchObject({ progress: { days_done: 1 } }));
  await write('grows', 'i', 'connected');
  await until(({ events }) => expect(events.at(-1)).toMatchObject({ status: 'connected' }));
  expect(new Set(seen.events.map((event) => JSON.stringify(event))).size).toBe(seen.events.length);
  await leave();
  await vi.waitFor(() => expect(api.responses[0]?.closed).toBe(true), WAIT);
  expect(warnings).toEqual([]);
});

test('many readers cause as many queries as one, and none after they disconnect', async () => {
  await write('many', 'i', 'backfilling');
  const api = await serve('many');
  const readers = await Promise.all(Array.from({ length: 20 }, () => api.open('i')));
  for (const { until } of readers) await until(({ events }) => expect(events).toHaveLength(1));
  expect(api.queried).toMatchObject({ 'integration summaries': 1 });
  await writeDay('many', 'i', '2026-01-02');
  for (const { until } of readers) await until(({ events }) => expect(events.length).toBeGreaterThanOrEqual(2));
  const { revision = 0, 'integration summaries': views = 0 } = api.queried;
  expect(views).toBeLessThanOrEqual(3); // a day and its coverage may become visible one after the other
  const [last, ...others] = readers;
  for (const { leave } of others) await leave();
  // One reader keeps it polled.
  await vi.waitFor(() => expect(api.queried.revision).toBeGreaterThan(revision + 1), WAIT);

  await last?.leave();
  await vi.waitFor(() => expect(api.responses.every(({ closed }) => closed)).toBe(true), WAIT);
  const before = api.queried.revision ?? 0;
  await write('clock', 'i', 'backfilling');
  const clock = await serve('clock');
  const ticking = await clock.open('i');
  await vi.waitFor(() => expect(clock.queried.revision).toBeGreaterThanOrEqual(4), WAIT);
  await ticking.leave();
  expect((api.queried.revision ?? 0) - before).toBeLessThanOrEqual(1); // one may have been running
});

test('another tenant’s integration and an unknown one are not found, before the stream starts', async () => {
  await write('theirs', 'i-theirs', 'connected');
  const api = await serve('mine');
  for (const id of ['i-theirs', 'i-none']) {
    const response = await fetch(api.url + path(id), { headers: api.headers });
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'not_found' }]);
  }
  const away = openWarehouse({ ...database.options, url: 'http://127.0.0.1:9', application: 'test' });
  closers.push(() => away.close());
  const lame = await serve('theirs', away);
  expect((await fetch(lame.url + path('i-theirs'), { headers: lame.headers })).status).toBe(503);
});

test('HEAD gets the headers and ends', async () => {
  await write('head', 'i', 'connected');
  const api = await serve('head');
  const response = await fetch(api.url + path('i'), { method: 'HEAD', headers: api.headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('event-stream'),
  ]);
  await vi.waitFor(() => expect(api.responses[0]?.closed).toBe(true), WAIT);
});

test('a stream survives an outage of the warehouse', async () => {
  await write('patient', 'i', 'backfilling');
  let isAway = false;
  const away = openWarehouse({ ...database.options, url: 'http://127.0.0.1:9', application: 'test' });
  closers.push(() => away.close());
  const api = await serve('patient', {
    ...database.warehouse,
    query: (question) => (isAway ? away : database.warehouse).query(question),
  });
  const { until, leave } = await api.open('i');
  await until(({ events }) => expect(events).toHaveLength(1));
  isAway = true;
  const { revision = 0 } = api.queried;
  await vi.waitFor(() => expect(api.queried.revision).toBeGreaterThan(revision + 1), WAIT);
  isAway = false;
  await writeDay('patient', 'i', '2026-01-01');
  await until(({ events }) => expect(events.at(-1)).toMatchObject({ progress: { days_done: 1 } }));
  await leave();
});

test('a stream ends regularly when the integration is purged, and when the API stops', async () => {
  await write('purged', 'i', 'backfilling');
  const api = await serve('purged');
  const { until } = await api.open('i');
  await until(({ events }) => expect(events).toHaveLength(1));
  await purgeIntegration(database.warehouse, { tenant_id: 'purged', integration_id: 'i' }, randomUUID());
  await until(({ ended }) => expect(ended).toBe('whole'));

  await write('purged', 'other', 'connected');
  const other = await api.open('other');
  await other.until(({ events }) => expect(events).toHaveLength(1));
  api.stopping.abort();
  await other.until(({ ended }) => expect(ended).toBe('whole'));
  const { url } = api;
  expect((await fetch(`${url}/ready`)).status).toBe(503);
});

test('a comment every 15 seconds keeps the connection alive', async () => {
  await write('quiet', 'i', 'connected');
  const { seen, until, leave } = await (await serve('quiet')).open('i');
  await until(({ events }) => expect(events).toHaveLength(1));
  await until(({ comments }) => expect(comments).toBeGreaterThanOrEqual(1));
  expect(seen.events).toHaveLength(1);
  await leave();
});
