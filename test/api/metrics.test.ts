import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { keepFreshness } from '#api/operations/kept-freshness.ts';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { recordKeyExpiry, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { makeRevision } from '#clickhouse/revision/data-revision.ts';
import { addDays } from '#domain/day.ts';
import packageJson from '#package.json' with { type: 'json' };
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { TODAY } from '../support/today.ts';
import { runningQueries } from './running-queries.ts';

const TOKEN = 'a-token-for-prometheus';
const WAIT = { timeout: 60_000, interval: 50 };
const one = { tenant_id: 'one', integration_id: 'i-one' };
const disconnected = { tenant_id: 'two', integration_id: 'i-gone' };
const fresh = { tenant_id: 'two', integration_id: 'i-new' };

let database: Database;
let temporal: Connection;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await createDatabase();
  temporal = await Connection.connect(inject('temporal'));
  const { warehouse } = database;
  const history = { history_from: addDays(TODAY, -5), history_to: addDays(TODAY, 1) };
  await writeIntegration(warehouse, integration({ ...one, ...history }));
  await writeIntegration(warehouse, integration({ ...disconnected, ...history, status: 'disconnected' }));
  await writeIntegration(warehouse, integration({ ...fresh, ...history, status: 'backfilling' }));
  const expires_at = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
  await recordKeyExpiry(warehouse, { ...one, credential_id: 'c', expires_at });
  const item = costItem({ amount: '1.5' });
  const days = [-4, -3, 0].map((ago) => costDay(addDays(TODAY, ago), [item], '1.5'));
  await writeCostDays(warehouse, { ...one, version: Date.now() - 120_000 }, days);
  // Read again with differences. Today is not over, so its difference must not raise an alarm.
  await writeCostDays(warehouse, { ...one, version: Date.now() - 60_000 }, [
    costDay(addDays(TODAY, -4), [item], '1.25'),
    costDay(addDays(TODAY, -3), [item], '1.75'),
    costDay(TODAY, [item], '9'),
  ]);
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

async function serve(warehouse: Warehouse, metricsToken: string | undefined = TOKEN) {
  const { url, headers, responses, close } = await serveApi(warehouse, temporal, 'one', { metricsToken });
  closers.push(close);
  return {
    responses,
    fetchApi: (path: string, init: RequestInit = {}) => fetch(url + path, { headers, ...init }),
    async scrape() {
      const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
    },
  };
}

/** The samples of a metric by their labels. */
function samples(text: string, name: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

test('all tenants’ integrations are measured: status, freshness, coverage, reconciliation', async () => {
  const { scrape } = await serve(database.warehouse);
  // A warehouse that takes longer than a scrape may is left out of it.
  const { status, type, text } = await vi.waitFor(async () => {
    const scraped = await scrape();
    expect(samples(scraped.text, 'pump_integration_status')).not.toEqual({});
    return scraped;
  }, WAIT);
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const labels = ({ tenant_id, integration_id }: typeof one) =>
    `{tenant_id="${tenant_id}",integration_id="${integration_id}"}`;
  expect(samples(text, 'pump_warehouse_up')).toEqual({ '': 1 });
  expect(samples(text, 'pump_integration_days_covered')).toEqual({ [labels(one)]: 3, [labels(fresh)]: 0 });
  expect(samples(text, 'pump_integration_days_missing')).toEqual({ [labels(one)]: 3, [labels(fresh)]: 6 });
  // Yesterday is missing, and a sync of today may still read it.
  expect(samples(text, 'pump_integration_days_overdue')).toEqual({ [labels(one)]: 2, [labels(fresh)]: 4 });
  expect(samples(text, 'pump_integration_reconciliation_difference')).toEqual({
    [labels(one)]: 0.5, // one day is 0.25 too much, another 0.25 too little
    [labels(fresh)]: 0,
  });
  const expiries = samples(text, 'pump_integration_key_expiry_seconds');
  expect(Object.keys(expiries)).toEqual([labels(one)]); // the others' keys have no known end
  expect(expiries[labels(one)]).toBeGreaterThan(3_000);
  const ages = samples(text, 'pump_integration_seconds_since_sync');
  expect(Object.keys(ages)).toEqual([labels(one)]);
  expect(ages[labels(one)]).toBeGreaterThanOrEqual(60);
  expect(ages[labels(one)]).toBeLessThan(120);
  expect(Object.keys(samples(text, 'pump_integration_status'))).toEqual([
    '{tenant_id="one",integration_id="i-one",status="connected"}',
    '{tenant_id="two",integration_id="i-gone",status="disconnected"}',
    '{tenant_id="two",integration_id="i-new",status="backfilling"}',
  ]);
  expect(text).toContain('process_cpu_seconds_total');
  expect(samples(text, 'pump_build_info')).toEqual({ [`{version="${packageJson.version}"}`]: 1 });
});

test('requests are counted by method, pattern and status, never by what was sent', async () => {
  const { fetchApi, scrape } = await serve(database.warehouse);
  for (const path of ['/v1/integrations/i-one', '/v1/integrations/i-none', '/v1/secret-path', '/health']) {
    await (await fetchApi(path)).arrayBuffer();
  }
  await fetchApi('/v1/integrations/i-one', { headers: { authorization: 'Bearer wrong' } });
  const counts = await vi.waitFor(async () => {
    const { text } = await scrape();
    expect(text).not.toMatch(/secret-path|i-none/);
    const found = samples(text, 'pump_http_request_duration_seconds_count');
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(6);
    return found;
  }, WAIT);
  expect(counts).toMatchObject({
    '{method="GET",route="/v1/integrations/:integration_id",status="200"}': 1,
    '{method="GET",route="/v1/integrations/:integration_id",status="404"}': 1,
    '{method="GET",route="",status="404"}': 1,
    '{method="GET",route="",status="401"}': 1,
    '{method="GET",route="/health",status="200"}': 1,
    '{method="GET",route="/metrics",status="200"}': expect.any(Number),
  });
});

test('metrics need their own token, and do not exist without one', async () => {
  const { fetchApi } = await serve(database.warehouse);
  for (const init of [{}, { headers: {} }]) {
    const refused = await fetchApi('/metrics', init); // a tenant’s token is not valid here
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'unauthorized' }]);
  }
  const without = await serveApi(database.warehouse, temporal, 'one');
  closers.push(without.close);
  for (const headers of [without.headers, { authorization: 'Bearer undefined' }]) {
    expect((await fetch(`${without.url}/metrics`, { headers })).status).toBe(404);
  }
});

test('many scrapes at once query the warehouse once', async () => {
  let queried = 0;
  const all = Promise.withResolvers<void>();
  const { scrape, responses } = await serve({
    ...database.warehouse,
    async query(question) {
      if (question.name !== 'freshness of all') return database.warehouse.query(question);
      queried += 1;
      await all.promise;
      return database.warehouse.query(question);
    },
  });
  const scrapes = Array.from({ length: 5 }, scrape);
  await expect.poll(() => responses.length, { interval: 10 }).toBe(5);
  all.resolve();
  for (const { text } of await Promise.all(scrapes)) expect(samples(text, 'pump_warehouse_up')).toEqual({ '': 1 });
  expect(queried).toBe(1);
});

test('a later scrape reads the tenants alone whose data have changed, and all of them on another day', async () => {
  const own = await createDatabase();
  closers.push(own.drop);
  const history = { history_from: addDays(TODAY, -5), history_to: addDays(TODAY, 1) };
  await writeIntegration(own.warehouse, integration({ ...one, ...history }));
  await writeIntegration(own.warehouse, integration({ ...fresh, ...history }));
  const selected: unknown[] = [];
  const read = keepFreshness({
    ...own.warehouse,
    query(question) {
      if (question.name === 'freshness of all') selected.push(question.params?.tenants ?? 'all');
      return own.warehouse.query(question);
    },
  });
  const missing = async () => {
    selected.length = 0;
    const days = (await read()).map(({ tenant_id, days_missing }) => [tenant_id, days_missing]);
    return { days: Object.fromEntries(days), selected: [...selected] };
  };
  const day = costDay(addDays(TODAY, -4), [costItem({ amount: '1' })]);
  expect(await missing()).toEqual({ days: { one: 6, two: 6 }, selected: ['all'] });
  expect(await missing()).toEqual({ days: { one: 6, two: 6 }, selected: [] });
  await writeCostDays(own.warehouse, { ...one, version: Date.now() }, [day]);
  expect(await missing()).toEqual({ days: { one: 5, two: 6 }, selected: [['one']] });
  // A tenant that is purged has no rows any more, and one that connects had none.
  await own.warehouse.command('purge', `DELETE FROM integration_records WHERE tenant_id = 'two'`);
  await makeRevision(own.warehouse, 'two');
  await writeIntegration(own.warehouse, integration({ ...fresh, tenant_id: 'three', ...history }));
  const after = await missing();
  expect(after.days).toEqual({ one: 5, three: 6 });
  expect(after.selected.flat().sort()).toEqual(['three', 'two']);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
  try {
    expect((await missing()).selected).toEqual(['all']);
  } finally {
    vi.useRealTimers();
  }
});

test('without the warehouse, the metrics of the process are still there', async () => {
  const away = openWarehouse({ ...database.options, url: 'http://127.0.0.1:9', application: 'test' });
  closers.push(() => away.close());
  const { status, text } = await (await serve(away)).scrape();
  expect(status).toBe(200);
  expect(samples(text, 'pump_warehouse_up')).toEqual({ '': 0 });
  expect(samples(text, 'pump_integration_days_missing')).toEqual({});
  expect(text).toContain('process_cpu_seconds_total');
});

test('a scrape that exceeds the deadline ends its query in the warehouse', async () => {
  const own = await createDatabase();
  closers.push(own.drop);
  await own.warehouse.command('drop a table', 'DROP TABLE day_reads');
  await own.warehouse.command(
    'an endless view',
    `CREATE VIEW day_reads AS
     SELECT 'one' AS tenant_id, 'i' AS integration_id, 'costs' AS dataset, toDate('2026-01-01') AS day,
       number AS version
     FROM system.numbers WHERE sipHash64(number) = 1`,
  );
  const running = () => runningQueries(own, 'freshness of all');
  let asked: Promise<unknown> | undefined;
  const { scrape } = await serve({
    ...own.warehouse,
    query(question) {
      const rows = own.warehouse.query(question);
      if (question.name === 'freshness of all') asked = rows;
      return rows;
    },
  });
  const { text } = await scrape();
  await expect(asked).rejects.toThrow();
  expect(samples(text, 'pump_warehouse_up')).toEqual({ '': 1 }); // slow is not down
  expect(samples(text, 'pump_integration_days_missing')).toEqual({});
  await vi.waitUntil(async () => (await running()) === 0, WAIT);
});
