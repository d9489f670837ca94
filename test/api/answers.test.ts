import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnswers } from '#api/answers/answers.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays } from '#domain/day.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { awayTemporal } from '../support/away-temporal.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { noting } from '../support/noting.ts';
import { serveApi } from '../support/serve-api.ts';

let database: Database;
const temporal = awayTemporal();
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  for (const close of closers) await close();
  await database.drop();
});

const FROM = '2026-01-01';
const dayAt = (index: number) => costDay(addDays(FROM, index), [costItem({ amount: '1' })]);
const path = `/v1/costs?from=${FROM}&to=${addDays(FROM, 20)}&group_by=model`;
type Body = { total: string; missing_days: string[]; revision: string };

async function serve(warehouse: Warehouse) {
  const verify = async (token: string) => ({ id: token, tenantId: token, scopes: new Set(['costs:read']) });
  const api = await serveApi(warehouse, temporal, '', { verify });
  closers.push(api.close);
  return async <T = Body>(tenantId: string, url = path) => {
    const response = await fetch(api.url + url, { headers: { authorization: `Bearer ${tenantId}` } });
    return { status: response.status, body: (await response.json()) as T };
  };
}

async function connect(tenant_id: string, days: number) {
  const key = { tenant_id, integration_id: `i-of-${tenant_id}` };
  await writeIntegration(database.warehouse, integration({ ...key, history_from: FROM, history_to: FROM }));
  await writeCostDays(
    database.warehouse,
    { ...key, version: 1 },
    Array.from({ length: days }, (_, index) => dayAt(index)),
  );
  return key;
}

test('a question is one statement, after a look or without; again, it is a look, for its tenant alone', async () => {
  const statements: string[] = [];
  const fetchApi = await serve(noting(database.warehouse, statements));
  const key = await connect('a', 3);
  await connect('b', 5);
  const noted = async (tenantId: string, url?: string) => {
    statements.length = 0;
    const { body } = await fetchApi(tenantId, url);
    return [body.total, statements.filter((name) => name !== 'revision'), statements.length];
  };
  await noted('b');
  expect(await noted('a')).toEqual(['3', ['costs'], 2]);
  expect(await noted('a')).toEqual(['3', [], 1]);
  expect(await noted('b')).toEqual(['5', [], 1]);
  await writeCostDays(database.warehouse, { ...key, version: 2 }, [dayAt(3)]);
  expect(await noted('a')).toEqual(['4', ['costs'], 2]);
  expect(await noted('b')).toEqual(['5', [], 1]);
  expect(await noted('b', `${path}&limit=7`)).toEqual(['5', ['costs'], 1]);

  // Equal questions at once share a statement.
  await writeCostDays(database.warehouse, { ...key, version: 3 }, [dayAt(4)]);
  statements.length = 0;
  const bodies = await Promise.all(Array.from({ length: 20 }, () => fetchApi('a')));
  expect(new Set(bodies.map(({ body }) => body.total))).toEqual(new Set(['5']));
  expect(statements.filter((name) => name === 'costs')).toHaveLength(1);
});

test('an answer is of one state of the data while they are written', async () => {
  const fetchApi = await serve(database.warehouse);
  const key = await connect('c', 0);
  let isWriting = true;
  const writing = (async () => {
    for (let index = 0; index < 20; index += 1) {
      await writeCostDays(database.warehouse, { ...key, version: index + 1 }, [dayAt(index)]);
    }
    isWriting = false;
  })();
  const totals: number[] = [];
  while (isWriting) {
    const { body } = await fetchApi('c');
    expect(body.missing_days.length + Number(body.total)).toBe(20);
    totals.push(Number(body.total));
  }
  await writing;
  expect(totals).toEqual(totals.toSorted((a, b) => a - b));
  expect((await fetchApi('c')).body).toMatchObject({ total: '20', missing_days: [] });
});

test.each([
  { name: 'costs', count: (body: Body) => Number(body.total), url: path, first: 1 },
  {
    ...{ name: 'days', url: `/v1/integrations/i-of-days/days?from=${FROM}&to=${addDays(FROM, 20)}` },
    count: ({ data }: { data: { ours: string | null }[] }) => data.filter(({ ours }) => ours !== null).length,
    first: 2,
  },
])('data that change during $name: a single statement is of one state, several are read again', async (one) => {
  const key = await connect(one.name, 1);
  let isWritten = false;
  const fetchApi = await serve({
    ...database.warehouse,
    async query(question) {
      const rows = await database.warehouse.query(question);
      if (question.name === one.name && !isWritten) {
        isWritten = true;
        await writeCostDays(database.warehouse, { ...key, version: 2 }, [dayAt(1)]);
      }
      return rows;
    },
  });
  const count = async () => one.count((await fetchApi<never>(one.name, one.url)).body);
  expect([await count(), await count()]).toEqual([one.first, 2]);
});

test('while the data keep changing, several statements are computed twice, and then once, until they are of one state', async () => {
  let writes = 0;
  let isWriting = true;
  const look = async () => {
    if (isWriting) writes += 1;
    return String(writes);
  };
  const answer = createAnswers({ look, last: () => undefined });
  const timesComputed = async (question: string, isPage = false) => {
    let times = 0;
    const compute = async () => {
      times += 1;
      return Buffer.from('');
    };
    await answer({ tenantId: 'changing', question, compute, isOneStatement: false, isPage });
    return times;
  };
  expect([await timesComputed('a'), await timesComputed('b'), await timesComputed('a')]).toEqual([2, 1, 1]);
  // A page is not said to be of the revision of the page before it where it is not.
  expect(await timesComputed('a', true)).toBe(2);
  isWriting = false;
  expect(await timesComputed('a')).toBe(1);
  isWriting = true;
  expect(await timesComputed('b')).toBe(2);
});

test('a page that is read after a write has another revision than the page before', async () => {
  const fetchApi = await serve(database.warehouse);
  const key = await connect('pages', 2);
  const url = `${path.replace('group_by=model', 'granularity=day')}&limit=1`;
  type Page = Body & { next_cursor: string };
  const first = (await fetchApi<Page>('pages', url)).body;
  await writeCostDays(database.warehouse, { ...key, version: 2 }, [dayAt(2)]);
  const second = (await fetchApi<Page>('pages', `${url}&cursor=${first.next_cursor}`)).body;
  expect([first.total, second.total]).toEqual(['2', '3']);
  expect(second.revision).not.toBe(first.revision);
});

test('integrations are one statement, and need no Temporal', async () => {
  const statements: string[] = [];
  const fetchApi = await serve(noting(database.warehouse, statements));
  await connect('e', 2);
  type List = { data: { next_sync_at: string | null; coverage: { days: number } }[] };
  const expected = { status: 200, body: { data: [{ next_sync_at: null, coverage: { days: 2 } }] } };
  expect(await fetchApi<List>('e', '/v1/integrations')).toMatchObject(expected);
  expect(statements).toEqual(['revision', 'integration summaries']);
  expect(await fetchApi<List>('e', '/v1/integrations')).toMatchObject(expected);
  expect(statements).toHaveLength(3);
  const one = await fetchApi('e', '/v1/integrations/i-of-e');
  expect(one).toMatchObject({ status: 200, body: { next_sync_at: null } });
  expect((await fetchApi('a', '/v1/integrations/i-of-e')).status).toBe(404);
});
