import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Overview } from '#api/routes/overview/get-overview.ts';
import type { RangeReconciliation } from '#api/routes/reconciliation/get-reconciliation.ts';
import type { Session } from '#api/routes/session/get-session.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';
import { reconcile } from '#clickhouse/coverage/reconcile.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { daysOf } from '#domain/day.ts';
import { raisedAlert } from '../fixtures/channel-fixtures.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

const key = { tenant_id: 'one', integration_id: 'i-one' };
const item = (amount: string) => costItem({ amount, project_id: 'p' });

let database: Database;
let temporal: Connection;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), Connection.connect(inject('temporal'))]);
  await connect(key);
  const read = (at: string, days: Parameters<typeof writeCostDays>[2]) =>
    writeCostDays(database.warehouse, { ...key, version: Date.parse(at) }, days);
  // The 2nd has not ended when it is first read, and is restated later. The 3rd is empty, the 4th is never read.
  await read('2026-01-02T12:00:00Z', [
    costDay('2026-01-01', [item('1.5')], '1.5'),
    costDay('2026-01-02', [item('1')], '1'),
  ]);
  await read('2026-01-03T06:00:00Z', [
    costDay('2026-01-01', [item('1.5')], '1.5'),
    costDay('2026-01-02', [item('2')], '2'),
  ]);
  await read('2026-01-05T07:08:09Z', [
    costDay('2026-01-02', [item('2'), item('0.25')], '2.5'),
    costDay('2026-01-03', [], '0'),
    costDay('2026-01-05', [item('0.000000000000000001')], '0.000000000000000001'),
  ]);
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

const connect = (of: typeof key) =>
  // Disconnected, so that no day after its history is due.
  writeIntegration(database.warehouse, integration({ ...of, status: 'disconnected' }));

type Days = { data: IntegrationDay[]; code: string };
async function fetchApi<T = Days>(tenantId: string, path: string, warehouse = database.warehouse) {
  const { url, headers, close } = await serveApi(warehouse, temporal, tenantId);
  closers.push(close);
  const response = await fetch(url + path, { headers });
  return { status: response.status, body: (await response.json()) as T };
}
const all = '/v1/integrations/i-one/days?from=2025-06-01&to=2026-06-01';

test('each day of the history says whether it was read, is reconciled, and was restated', async () => {
  const { body } = await fetchApi('one', all);
  const agreeing = { complete: true, settled: true, agrees: true, restated_at: null, restated_from: null };
  const missing = {
    synced_at: null,
    complete: false,
    facts: 0,
    ours: null,
    theirs: null,
    difference: null,
    agrees: null,
  };
  expect(body.data).toEqual([
    {
      ...{ ...agreeing, day: '2026-01-01', synced_at: '2026-01-03T06:00:00Z', facts: 1, revisions: 1 },
      ...{ ours: '1.5', theirs: '1.5', difference: '0' },
    },
    {
      ...{ ...agreeing, day: '2026-01-02', synced_at: '2026-01-05T07:08:09Z', facts: 2, revisions: 3 },
      ...{
        ours: '2.25',
        theirs: '2.5',
        difference: '-0.25',
        agrees: false,
        restated_at: '2026-01-05T07:08:09Z',
        restated_from: '2',
      },
    },
    {
      ...{ ...agreeing, day: '2026-01-03', synced_at: '2026-01-05T07:08:09Z', facts: 0, revisions: 1 },
      ...{ ours: '0', theirs: '0', difference: '0' },
    },
    { day: '2026-01-04', ...missing, settled: false, restated_at: null, restated_from: null, revisions: 0 },
    {
      ...{ day: '2026-01-05', synced_at: '2026-01-05T07:08:09Z', complete: false, facts: 1, revisions: 1 },
      ...{ ours: '0.000000000000000001', theirs: '0.000000000000000001', difference: '0' },
      ...{ settled: false, agrees: null, restated_at: null, restated_from: null },
    },
  ]);
});

test('all organizations’ days are compared in one answer, with those that differ and those that were restated', async () => {
  const of = (range: string) => fetchApi<RangeReconciliation>('one', `/v1/reconciliation?${range}`);
  const { body } = await of('from=2025-06-01&to=2026-06-01');
  const day = { integration_id: 'i-one', organization_name: 'One', day: '2026-01-02', currency: 'usd' };
  expect(body).toMatchObject({
    ...{ from: '2025-06-01', to: '2026-06-01', compared_days: 3, restated_days: 1 },
    reconciliation: { agrees: false, differing_days: 1, ours: '3.75', theirs: '4', difference: '-0.25' },
    differences: [{ ...day, ours: '2.25', theirs: '2.5', difference: '-0.25' }],
    restatements: [{ ...day, restated_at: '2026-01-05T07:08:09Z', restated_from: '2', restated_to: '2.25' }],
  });
  expect((await of('from=2026-01-01&to=2026-01-02&integration_id=i-one')).body).toMatchObject({
    compared_days: 1,
    reconciliation: { agrees: true, differing_days: 0, ours: '1.5' },
    differences: [],
    restatements: [],
  });
  const january = { from: '2026-01-01', to: '2026-02-01', integrations: ['i-one'] };
  expect(await reconcile(database.warehouse, 'one', january)).toMatchObject({ agrees: false, ours: '3.75' });
  expect((await of('from=2026-03-01&to=2026-04-01')).body).toMatchObject({
    compared_days: 0,
    reconciliation: { agrees: null, by_currency: [] },
  });
  expect((await of('integration_id=i-none')).status).toBe(404);
  const other = await fetchApi<RangeReconciliation>('two', '/v1/reconciliation?from=2025-06-01&to=2026-06-01');
  expect(other.body).toMatchObject({ compared_days: 0, differences: [], restatements: [] });
});

test('all restated days are counted, and the newest are listed', async () => {
  const many = { tenant_id: 'many', integration_id: 'i-many' };
  const days = daysOf({ from: '2023-01-01', to: '2025-09-28' });
  for (const [version, amount] of [
    [Date.parse('2026-01-01'), '1'],
    [Date.parse('2026-01-02'), '2'],
  ] as const)
    await writeCostDays(
      database.warehouse,
      { ...many, version },
      days.map((day) => costDay(day, [item(amount)])),
    );
  const { body } = await fetchApi<RangeReconciliation>('many', '/v1/reconciliation?from=2023-01-01&to=2026-01-01');
  expect([body.restated_days, body.restatements.length]).toEqual([1001, 1000]);
  expect([body.restatements[0]?.day, body.restatements.at(-1)?.day]).toEqual(['2025-09-27', '2023-01-02']);
});

test('a day without costs is in the currency of the other days', async () => {
  const key = { tenant_id: 'euros', integration_id: 'i-euros' };
  const euros = (day: string) => ({
    ...costDay(day, [costItem({ amount: '5', currency: 'eur' })]),
    provider_totals: { eur: '5' },
  });
  await writeCostDays(database.warehouse, { ...key, version: Date.parse('2026-01-03') }, [
    euros('2026-01-01'),
    euros('2026-01-02'),
  ]);
  const empty = { ...costDay('2026-01-02', [], '0'), provider_totals: {} };
  await writeCostDays(database.warehouse, { ...key, version: Date.parse('2026-01-04') }, [empty]);
  const { body } = await fetchApi<RangeReconciliation>('euros', '/v1/reconciliation?from=2026-01-01&to=2026-02-01');
  expect(body).toMatchObject({
    reconciliation: { ours: '5', theirs: '5', by_currency: [{ currency: 'eur' }] },
    restatements: [{ day: '2026-01-02', currency: 'eur', restated_from: '5', restated_to: '0' }],
  });
});

test('how everything stands is one answer, each part as in its own list', async () => {
  const { body } = await fetchApi<Overview>('one', '/v1/overview');
  const listOf = async (path: string) => (await fetchApi('one', path)).body.data;
  expect(body).toEqual({
    ...(await fetchApi<Session>('one', '/v1/session')).body,
    integrations: await listOf('/v1/integrations'),
    alerts: [],
    budgets: [],
    limits: await listOf('/v1/limits'),
  });
  expect(body.integrations.map(({ id }) => id)).toContain('i-one');
});

test('an alert behind hundreds of later ones is in the overview', async () => {
  const rows: object[] = [];
  const insert = async (_: string, added: object[]) => void rows.push(...added);
  for (let second = 0; second <= 200; second += 1) {
    const { subject, at, ...raised } = raisedAlert({});
    const event = { ...raised, subject: { ...subject, alert_id: `alert-${second}` }, at: at + second * 1000 };
    await writeAlertEvent({ ...database.warehouse, insert } as Warehouse, 'alerted', event);
  }
  await database.warehouse.insert('alert_events', rows);
  const { alerts } = (await fetchApi<Overview>('alerted', '/v1/overview')).body;
  expect([alerts?.length, alerts?.at(-1)?.id]).toEqual([201, 'alert-0']);
});

test.each([
  ['alerts', 'alerts'],
  ['budgets', 'budgets'],
  ['current limits', 'limits'],
])('where the statement %s fails, the overview has no %s, and all else', async (statement, part) => {
  const { body: whole } = await fetchApi<Overview>('one', '/v1/overview');
  const warehouse: Warehouse = {
    ...database.warehouse,
    query: (query) =>
      query.name === statement ? Promise.reject(new Error('Too busy')) : database.warehouse.query(query),
  };
  expect(await fetchApi<Overview>('one', '/v1/overview', warehouse)).toEqual({
    status: 200,
    body: { ...whole, [part]: null },
  });
});

test('only days within both the range and the history are listed', async () => {
  const days = async (range: string) =>
    (await fetchApi('one', `/v1/integrations/i-one/days?${range}`)).body.data.map(({ day }) => day);
  expect(await days('from=2026-01-02&to=2026-01-04')).toEqual(['2026-01-02', '2026-01-03']);
  expect(await days('from=2025-12-30&to=2026-01-02')).toEqual(['2026-01-01']);
  expect(await days('from=2024-01-01&to=2025-01-01')).toEqual([]);
  expect(await days('from=2026-03-01&to=2026-03-05')).toEqual([]);
});

test('of an integration that has read nothing, all days are missing', async () => {
  await connect({ tenant_id: 'one', integration_id: 'i-new' });
  const { body } = await fetchApi('one', '/v1/integrations/i-new/days?from=2025-12-01&to=2026-02-01');
  expect(body.data.map(({ day, ours, complete }) => [day, ours, complete])).toEqual(
    ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'].map((day) => [day, null, false]),
  );
});

test('an unknown id and another tenant’s are not found', async () => {
  const results = [await fetchApi('one', all.replace('i-one', 'i-none')), await fetchApi('two', all)];
  expect(results.map(({ status, body }) => [status, body.code])).toEqual([
    [404, 'not_found'],
    [404, 'not_found'],
  ]);
});

test('the same id of another tenant has its own days', async () => {
  await connect({ tenant_id: 'three', integration_id: 'i-one' });
  const { body } = await fetchApi('three', all);
  expect(body.data.every(({ ours, revisions }) => ours === null && revisions === 0)).toBe(true);
});
