import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { listBudgets, writeBudget } from '#clickhouse/budgets/budgets.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays, daysOf, monthStart } from '#domain/day.ts';
import { raisedAlert } from '../fixtures/channel-fixtures.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { noting } from '../support/noting.ts';
import { serveApi } from '../support/serve-api.ts';
import { TODAY } from '../support/today.ts';

const FROM = monthStart(TODAY);
const DAYS_SO_FAR = Number(TODAY.slice(8)) - 1;
const DAYS_OF_MONTH = daysOf({ from: FROM, to: monthStart(TODAY, 1) }).length;

let database: Database;
let temporal: Connection;
let api: Awaited<ReturnType<typeof serveApi>>;
/** Every day of 100 days until yesterday costs 7 with the model a and 3 with b; today has cost nothing yet. */
beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), Connection.connect(inject('temporal'))]);
  api = await serveApi(database.warehouse, temporal, 'one');
  const key = { tenant_id: 'one', integration_id: 'i' };
  const range = { from: addDays(TODAY, -100), to: TODAY };
  await writeIntegration(database.warehouse, integration({ ...key, history_from: range.from, history_to: range.to }));
  const items = [
    costItem({ model: 'a', line_item: 'a, input', quantity: '1', amount: '7' }),
    costItem({ model: 'b', line_item: 'b, input', quantity: '1', amount: '3' }),
    costItem({ model: 'b', currency: 'eur', line_item: 'b, input', quantity: '1', amount: '1000' }),
  ];
  const days = daysOf(range).map((day) => costDay(day, items));
  await writeCostDays(database.warehouse, { ...key, version: Date.parse(TODAY) + 1 }, days);
});
afterAll(async () => {
  await Promise.all([api.close(), temporal.close()]);
  await database.drop();
});

async function request<T = Record<string, unknown>>(method: string, path: string, body?: object, headers = {}) {
  const response = await fetch(api.url + path, {
    method,
    headers: { ...api.headers, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}
const create = (body: object, headers = {}) => request('POST', '/v1/budgets', body, headers);

test('a budget is created, read, updated, listed by name and deleted', async () => {
  const created = await create({ name: 'Model a', amount: '1000.5', filters: { model: ['a'] } });
  expect(created).toMatchObject({
    status: 201,
    body: {
      name: 'Model a',
      amount: '1000.50',
      currency: 'usd',
      period: 'month',
      filters: { model: ['a'] },
      thresholds: [50, 80, 100].map((percent) => ({ of: 'actual', percent })).concat({ of: 'forecast', percent: 100 }),
      state: 'on_track',
      from: FROM,
      to: monthStart(TODAY, 1),
      spent: String(7 * DAYS_SO_FAR),
      missing_days: [],
      forecast: { amount: `${7 * DAYS_OF_MONTH}.00` },
      breach: null,
    },
  });
  const path = `/v1/budgets/${created.body.id}`;
  expect(await request('GET', path)).toEqual({ status: 200, body: created.body });

  const renamed = await request('PUT', path, { name: 'a', amount: '1000.50', filters: { model: ['a'] } });
  expect(renamed.body).toEqual({ ...created.body, name: 'a' }); // changed_at stays: its alerts are not raised again
  const thresholds = (created.body.thresholds as object[]).toReversed();
  const reordered = await request('PUT', path, { name: 'a', amount: '1000.5', filters: { model: ['a'] }, thresholds });
  expect(reordered.body).toMatchObject({ thresholds, changed_at: created.body.changed_at });
  const raised = await request('PUT', path, { name: 'a', amount: '1', filters: { model: ['a'] } });
  expect(raised.body.changed_at).not.toBe(created.body.changed_at);
  expect(raised.body).toMatchObject({ state: DAYS_SO_FAR > 0 ? 'exceeded' : 'at_risk' });

  await create({ name: 'Everything', amount: '5', period: 'year' });
  const list = async () =>
    (await request<{ data: { name: string }[] }>('GET', '/v1/budgets')).body.data.map(({ name }) => name);
  expect(await list()).toEqual(['Everything', 'a']);
  expect(await request('DELETE', path)).toEqual({ status: 200, body: { id: created.body.id, status: 'deleted' } });
  expect(await list()).toEqual(['Everything']);
  for (const method of ['GET', 'DELETE']) expect((await request(method, path)).status).toBe(404);
  expect((await request('PUT', path, { name: 'a', amount: '1' })).status).toBe(404);
});

test('costs in another currency do not count', async () => {
  const amount = '100000';
  const { body } = await create({
    name: 'b',
    amount,
    currency: 'eur',
    filters: { model: ['b'], integration_id: ['i'] },
  });
  expect(body).toMatchObject({ spent: String(1000 * DAYS_SO_FAR), forecast: { amount: `${1000 * DAYS_OF_MONTH}.00` } });
});

test('a repeated request with an idempotency key creates one budget', async () => {
  const headers = { 'idempotency-key': 'once' };
  const [first, second] = [
    await create({ name: 'once', amount: '1' }, headers),
    await create({ name: 'twice', amount: '2' }, headers),
  ];
  expect(second).toEqual(first);
  await request('DELETE', `/v1/budgets/${first.body.id}`);
  expect(await create({ name: 'once', amount: '1' }, headers)).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
});

test.each([
  ['a name of spaces', { name: ' ' }, '/name'],
  ['a number for an amount', { amount: 5 }, '/amount'],
  ['no amount at all', { amount: '0.00' }, '/amount'],
  ['a currency in upper case', { currency: 'USD' }, '/currency'],
  ['a week', { period: 'week' }, '/period'],
  ['four dimensions', { filters: { model: ['a'], project_id: ['p'], user_id: ['u'], api_key_id: ['k'] } }, '/filters'],
  ['an unknown dimension', { filters: { colour: ['red'] } }, '/filters'],
  ['no value of a dimension', { filters: { model: [] } }, '/filters/model'],
  ['no threshold', { thresholds: [] }, '/thresholds'],
  ['the same threshold twice', { thresholds: [1, 1].map((percent) => ({ of: 'actual', percent })) }, '/thresholds'],
  ['a field that is unknown', { colour: 'red' }, '/colour'],
])('a budget with %s is refused', async (_, said, pointer) => {
  const { status, body } = await create({ name: 'name', amount: '1', ...said });
  expect([status, body.code]).toEqual([400, 'invalid_request']);
  expect((body.errors as { pointer: string }[])[0]?.pointer).toMatch(new RegExp(`^${pointer}`));
});

test('the 51st budget is refused', async () => {
  const one = { revision: 1, filters: {}, period: 'month', amount: '1', currency: 'usd', thresholds: [] } as const;
  const existing = await listBudgets(database.warehouse, 'one');
  for (let count = existing.length; count < 50; count += 1) {
    await writeBudget(database.warehouse, 'one', { ...one, budget_id: `budget-${count}`, name: `${count}` });
  }
  expect(await create({ name: 'one more', amount: '1' })).toMatchObject({
    status: 409,
    body: { code: 'too_many_budgets' },
  });
});

test('all budgets, read again, are one look at the revision, and follow what changes', async () => {
  const statements: string[] = [];
  const noted = await serveApi(noting(database.warehouse, statements), temporal, 'several');
  const budget = { revision: 1, filters: {}, period: 'month', currency: 'usd', thresholds: [] } as const;
  const write = (id: string, amount: string) =>
    writeBudget(database.warehouse, 'several', { ...budget, budget_id: id, name: id, amount });
  for (const id of ['a', 'b', 'c']) await write(id, '1');
  const amounts = async () => {
    statements.length = 0;
    const response = await fetch(`${noted.url}/v1/budgets`, { headers: noted.headers });
    return ((await response.json()) as { data: { amount: string }[] }).data.map(({ amount }) => amount);
  };
  expect(await amounts()).toEqual(['1.00', '1.00', '1.00']);
  expect(await amounts()).toEqual(['1.00', '1.00', '1.00']);
  expect(statements).toEqual(['budgets', 'revision']);
  await write('b', '2');
  expect(await amounts()).toEqual(['1.00', '2.00', '1.00']);
  await noted.close();
});

test('pages of alerts are not moved by what is raised meanwhile', async () => {
  const raise = (alert_id: string, second: number) => {
    const raised = raisedAlert({});
    const at = Date.parse('2026-01-02T04:00:00Z') + second * 1000;
    return writeAlertEvent(database.warehouse, 'one', { ...raised, subject: { ...raised.subject, alert_id }, at });
  };
  for (const [id, second] of [
    ['a', 1],
    ['b', 2],
    ['c', 2],
    ['d', 3],
  ] as const)
    await raise(id, second);
  type Page = { data: { id: string; causes: unknown }[]; next_cursor: string | null };
  const page = async (cursor = '') =>
    (await request<Page>('GET', `/v1/alerts?limit=2${cursor && `&cursor=${cursor}`}`)).body;
  const idsOf = ({ data }: Page) => data.map(({ id }) => id);
  const first = await page();
  expect(idsOf(first)).toEqual(['d', 'b']);
  await raise('e', 4);
  const second = await page(first.next_cursor ?? '');
  expect([idsOf(second), second.next_cursor]).toEqual([['c', 'a'], null]);
  expect(idsOf(await page())).toEqual(['e', 'd']);
  const refused = await request('GET', '/v1/alerts?cursor=none');
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/cursor' }] } });
});
