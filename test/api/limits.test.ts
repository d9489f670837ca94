import { Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import type { Limits } from '#api/routes/limits/list-limits.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { writeLimitDay } from '#clickhouse/writes/limit-days.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { addDays } from '#domain/day.ts';
import type { SpendLimit } from '#domain/spend-limit.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { noting } from '../support/noting.ts';
import { serveApi } from '../support/serve-api.ts';

const TODAY = '2026-11-21';
const key = { tenant_id: 'acme', integration_id: 'i-limited' };

let database: Database;
let temporal: Connection;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), Connection.connect(inject('temporal'))]);
  const { warehouse } = database;
  const history = { history_from: addDays(TODAY, -364), history_to: TODAY };
  await writeIntegration(warehouse, integration({ ...key, ...history, organization_name: 'Acme' }));
  await writeIntegration(
    warehouse,
    integration({ ...key, ...history, integration_id: 'i-none', organization_name: 'B' }),
  );
  await writeIntegration(
    warehouse,
    integration({ ...key, ...history, integration_id: 'i-new', organization_name: 'C' }),
  );
  const version = Date.parse(TODAY) + 3_600_000;
  // 10 dollars a day for a, 5 for b; nothing today so far.
  const days = Array.from({ length: 120 }, (_, index) =>
    costDay(addDays(TODAY, index - 120), [
      costItem({ project_id: 'proj_a', amount: '10' }),
      costItem({ project_id: 'proj_b', amount: '5' }),
    ]),
  );
  for (let at = 0; at < days.length; at += 60) {
    await writeCostDays(warehouse, { ...key, version }, days.slice(at, at + 60));
  }
  await createNameWriter(warehouse, { ...key, version }).write([{ kind: 'project', id: 'proj_a', name: 'Support' }]);
  const limit = (kind: SpendLimit['kind'], project_id: string, amount: string, is_enforcing = false): SpendLimit => ({
    ...{ kind, limit_id: kind === 'alert' ? 'alert_1' : '', project_id, amount },
    ...{ currency: 'usd', interval: 'month', is_enforcing },
  });
  const before = { day: addDays(TODAY, -1), is_readable: true, limits: [limit('hard_limit', '', '1')] };
  await writeLimitDay(warehouse, { ...key, version }, before);
  await writeLimitDay(
    warehouse,
    { ...key, version },
    {
      day: TODAY,
      is_readable: true,
      limits: [
        limit('alert', '', '300'),
        limit('hard_limit', '', '400.5'),
        limit('hard_limit', 'proj_a', '9999'),
        limit('hard_limit', 'proj_b', '101', true),
      ],
    },
  );
  const refused = { day: TODAY, is_readable: false, limits: [] };
  await writeLimitDay(warehouse, { ...key, integration_id: 'i-none', version }, refused);
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

const statements: string[] = [];
async function serve(tenant = 'acme') {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${TODAY}T12:00:00Z`) });
  const { url, headers, close } = await serveApi(noting(database.warehouse, statements), temporal, tenant);
  closers.push(close);
  return async (path: string) => {
    const response = await fetch(`${url}/v1${path}`, { headers });
    return { status: response.status, body: await response.json() };
  };
}
const fetchApi = async (path: string, tenant?: string) => (await serve(tenant))(path);

test('each limit says what is spent of it, and when it is reached by the forecast of the summary', async () => {
  const { status, body } = await fetchApi('/limits?integration_id=i-limited');
  expect(status).toBe(200);
  // However many projects have limits.
  expect(statements.filter((name) => name !== 'revision')).toHaveLength(4);
  const { data } = body as Limits;
  expect(data).toHaveLength(1);
  const [{ limits = [], ...read } = {}] = data;
  expect(read).toEqual({ integration_id: 'i-limited', organization_name: 'Acme', read_on: TODAY, is_readable: true });
  const at = (index: number) => limits[index] as Limits['data'][number]['limits'][number];
  expect(limits.map(({ kind, project_id, amount }) => [kind, project_id, amount])).toEqual([
    ['hard_limit', 'proj_b', '101'],
    ['hard_limit', null, '400.5'],
    ['hard_limit', 'proj_a', '9999'],
    ['alert', null, '300'],
  ]);
  // 20 days of 15 are 300; seven more days are 405.
  expect(at(1)).toMatchObject({
    spent: '300',
    spent_percent: '74.91',
    is_reached: false,
    expected_on: '2026-11-27',
    earliest_on: '2026-11-27',
    latest_on: '2026-11-27',
    summary: 'Expected to be reached on 2026-11-27. Production stops then.',
  });
  const { body: summary } = await fetchApi('/costs/summary?integration_id=i-limited');
  const { amount, low, high } = (summary as CostsSummary).forecast ?? {};
  expect(at(1).forecast).toEqual({ amount, low, high });
  expect(at(2)).toMatchObject({ project_name: 'Support', spent: '200', expected_on: null, is_reached: false });
  expect(at(0)).toMatchObject({ project_name: 'proj_b', spent: '100', is_enforcing: true, is_reached: true });
  expect(at(3)).toMatchObject({ is_reached: true, summary: 'Reached: OpenAI has sent e-mails.' });
});

test('limits that are not readable, and those that were not read yet, are told apart; other tenants see none', async () => {
  const { body } = await fetchApi('/limits');
  expect(
    (body as Limits).data.map(({ integration_id, read_on, is_readable }) => [integration_id, read_on, is_readable]),
  ).toEqual([
    ['i-limited', TODAY, true],
    ['i-none', TODAY, false],
    ['i-new', null, null],
  ]);
  expect((await fetchApi('/limits', 'another')).body).toMatchObject({ data: [] });
  expect((await fetchApi('/limits?integration_id=i-limited', 'another')).status).toBe(404);
});

test('the limits and those of the overview are one answer, computed once', async () => {
  const fetchOne = await serve();
  const { data } = (await fetchOne('/limits')).body as Limits;
  statements.length = 0;
  expect((await fetchOne('/overview')).body).toMatchObject({ limits: data });
  expect(statements).not.toContain('current limits');
});
