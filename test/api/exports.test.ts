import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { parseCsv } from './parse-csv.ts';
import { runningQueries } from './running-queries.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const RANGE = 'from=2026-01-01&to=2026-01-04';
const BIG_ROWS = 300_000;

let database: Database;
const temporal = Connection.lazy(); // never connects
const closers: (() => Promise<unknown>)[] = [];
async function serve(tenantId: string, warehouse: Warehouse = database.warehouse) {
  const api = await serveApi(warehouse, temporal, tenantId);
  closers.push(api.close);
  const fetchApi = (path: string) => fetch(`${api.url}/v1/exports/${path}`, { headers: api.headers });
  /** A response that is read only on demand. */
  const open = (path: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${api.url}/v1/exports/${path}`, { headers: api.headers }, resolve).on('error', reject);
    });
  return { ...api, fetchApi, open };
}
let one: Awaited<ReturnType<typeof serve>>;

const formulas = ['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|\' /C calc\'!A0,"x"'];
const awkward = 'a "quoted", one\r\nand another line ✓';

beforeAll(async () => {
  database = await createDatabase();
  const { warehouse } = database;
  const key = { tenant_id: 'one', integration_id: 'i-one' };
  for (const integration_id of ['i-one', 'i-two'])
    await writeIntegration(warehouse, integration({ ...key, integration_id }));
  const version = Date.parse('2026-01-05T06:07:08.009Z');
  await writeCostDays(warehouse, { ...key, version }, [
    costDay('2026-01-01', [
      costItem({ project_name: awkward, amount: '99999999999999999999.999999999999999999', quantity: '0.1' }),
      costItem({ project_name: 'credit', amount: '-0.000000000000000001', quantity: null }),
    ]),
    costDay('2026-01-02', []),
    costDay('2026-01-03', [costItem({ project_name: 'b', amount: '2' }), costItem({ project_name: 'a', amount: '1' })]),
    costDay('2026-01-04', [costItem({ project_name: 'too late', amount: '1000' })]),
  ]);
  await writeCostDays(warehouse, { ...key, integration_id: 'i-two', version }, [
    costDay('2026-01-02', [costItem({ project_name: 'second', amount: '0.5' })]),
  ]);
  const dimensions = { project_id: 'p', user_id: '', api_key_id: '', model: 'm', batch: '', service_tier: '' };
  const others = { size: '', source: '', context_level: '', vector_store_id: '' };
  await writeUsageDays(warehouse, { ...key, dataset: 'usage/completions', version }, [
    {
      day: '2026-01-01',
      dropped_dimensions: [],
      items: [
        {
          dimensions: { ...dimensions, ...others },
          metrics: { input_tokens: '12345678901234567890', num_new_things: '0.000000000000000001' },
          extra: '{"a":"b"}',
        },
      ],
    },
  ]);
  const items = formulas.map((project_name) => costItem({ project_id: 'p', project_name, amount: '-1.5' }));
  await writeCostDays(warehouse, { tenant_id: 'evil', integration_id: 'i', version }, [costDay('2026-01-01', items)]);
  one = await serve('one');
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

type CostRow = { day: string; project_name: string; amount: string; quantity: string | null };
const jsonLines = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CostRow);

describe('CSV', () => {
  test('has a header and all columns but the tenant’s and e-mail addresses, and reads back unchanged', async () => {
    const response = await one.fetchApi(`costs?${RANGE}`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="openai-costs_2026-01-01_2026-01-04.csv"',
    );
    const [header = [], ...records] = parseCsv(await response.text());
    const names = header.map(({ text }) => text);
    expect(names).toEqual((await columnsOf('costs')).filter((name) => name !== 'user_email'));
    const cell = (record: (typeof records)[number] | undefined, name: string) => record?.[names.indexOf(name)];
    expect(records.map((record) => cell(record, 'project_name')?.text)).toEqual([
      awkward,
      'credit',
      'a',
      'b',
      'second',
    ]);
    expect(cell(records[0], 'amount')).toEqual({ text: '99999999999999999999.999999999999999999', quoted: false });
    expect(cell(records[1], 'amount')).toEqual({ text: '-0.000000000000000001', quoted: false });
    expect(cell(records[1], 'amount_verbatim')?.text).toBe('-0.000000000000000001');
    expect(cell(records[1], 'quantity')).toEqual({ text: '', quoted: false });
    expect(cell(records[0], 'synced_at')?.text).toBe('2026-01-05T06:07:08.009Z');
  });

  test('cannot put a formula into a spreadsheet', async () => {
    const text = await (await (await serve('evil')).fetchApi(`costs?${RANGE}`)).text();
    const [header = [], ...records] = parseCsv(text);
    const at = (name: string) => header.findIndex((each) => each.text === name);
    expect(records.map((record) => record[at('project_name')]?.text).sort()).toEqual(
      formulas.map((formula) => `'${formula}`).sort(),
    );
    for (const record of records) {
      expect(record[at('amount')]).toEqual({ text: '-1.5', quoted: false });
      expect(record.map((cell) => cell.text)).not.toContainEqual(expect.stringMatching(/^[=+@\t\r]|^-(?!1\.5$)/));
    }
  });
});

describe('text that looks like a formula', () => {
  const names = async (path: string) => {
    const text = await (
      await (await serve('evil')).fetchApi(`${path}${path.includes('?') ? '&' : '?'}${RANGE}`)
    ).text();
    const [header = [], ...records] = parseCsv(text);
    const at = header.findIndex((each) => each.text === 'project_name' || each.text === 'SubAccountName');
    return records.map((record) => record[at]?.text).sort();
  };

  test('is the same in CSV as in JSON lines where it is asked for, and by default in focus', async () => {
    const response = await (await serve('evil')).fetchApi(`costs?${RANGE}&format=jsonl`);
    const inJson = jsonLines(await response.text()).map(({ project_name }) => project_name);
    expect(inJson.sort()).toEqual([...formulas].sort());
    expect(await names('costs?formulas=raw')).toEqual(inJson);
    expect(await names('focus')).toEqual(inJson);
    expect(await names('focus?formulas=escaped')).toEqual(formulas.map((formula) => `'${formula}`).sort());
  });
});

test('a byte order mark stands once at the begin of a CSV, where it is asked for', async () => {
  const bytesOf = async (query: string) =>
    Buffer.from(await (await one.fetchApi(`costs?${RANGE}${query}`)).arrayBuffer());
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);
  const plain = await bytesOf('');
  expect(plain.subarray(0, 3)).not.toEqual(mark);
  expect(await bytesOf('&bom=true')).toEqual(Buffer.concat([mark, plain]));
  expect(await bytesOf('&bom=false')).toEqual(plain);
});

test('columns are left out', async () => {
  const columnsIn = async (query: string) => {
    const [header = []] = parseCsv(await (await one.fetchApi(`focus?${RANGE}${query}`)).text());
    return header.map(({ text }) => text);
  };
  const all = await columnsIn('&include=x_UserEmail');
  const without = all.filter((name) => !['x_UserEmail', 'x_UserId'].includes(name));
  expect(without).toHaveLength(all.length - 2);
  expect(await columnsIn('&exclude=x_UserId')).toEqual(without);
  expect(await columnsIn('&include=x_UserEmail&exclude=x_UserEmail,x_UserId')).toEqual(without);
});

test('e-mail addresses are in a file only where it is asked to have them', async () => {
  const { warehouse } = database;
  const key = { tenant_id: 'people', integration_id: 'i', version: 1 };
  await createNameWriter(warehouse, key).write([{ kind: 'user', id: 'u-1', name: '', email: 'ada@acme.test' }]);
  await writeCostDays(warehouse, key, [
    costDay('2026-01-01', [costItem({ user_id: 'u-1', user_email: 'ada@acme.test' }), costItem({ user_id: 'u-2' })]),
  ]);
  const people = await serve('people');
  for (const [dataset, column] of [
    ['costs', 'user_email'],
    ['focus', 'x_UserEmail'],
    ['focus', 'x_UserEmail&version=1.2'],
  ] as const) {
    for (const format of ['csv', 'jsonl']) {
      const file = async (more: string) =>
        (await people.fetchApi(`${dataset}?${RANGE}&format=${format}${more}`)).text();
      expect(await file('')).not.toContain('@');
      expect((await file(`&include=${column}`)).match(/ada@acme.test/g)).toHaveLength(1);
    }
  }
});

test('focus comes in the columns of version 1.2 where it is asked for', async () => {
  const response = await one.fetchApi(`focus?${RANGE}&version=1.2`);
  expect(response.headers.get('content-disposition')).toContain('"openai-focus-1.2_2026-01-01_2026-01-04.csv"');
  const [header = [], ...records] = parseCsv(await response.text());
  const names = header.map(({ text }) => text);
  const left = ['x_TenantId', 'x_UserEmail'];
  expect(names).toEqual((await columnsOf('focus_1_2')).filter((name) => !left.includes(name)));
  expect(names).toContain('ProviderName');
  expect(records).toHaveLength(5);
});

test('JSON lines hold exact decimals as text, and unchanged text', async () => {
  const response = await one.fetchApi(`costs?${RANGE}&format=jsonl`);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const rows = jsonLines(await response.text());
  expect(rows.map(({ day, project_name, amount, quantity }) => ({ day, project_name, amount, quantity }))).toEqual([
    {
      day: '2026-01-01',
      project_name: awkward,
      amount: '99999999999999999999.999999999999999999',
      quantity: '0.1',
    },
    { day: '2026-01-01', project_name: 'credit', amount: '-0.000000000000000001', quantity: null },
    { day: '2026-01-03', project_name: 'a', amount: '1', quantity: null },
    { day: '2026-01-03', project_name: 'b', amount: '2', quantity: null },
    { day: '2026-01-02', project_name: 'second', amount: '0.5', quantity: null },
  ]);
});

describe.each(['costs', 'usage', 'focus'])('%s', (dataset) => {
  const { tenant, day, include } = {
    focus: { tenant: 'x_TenantId', day: 'toDate(ChargePeriodStart)', include: '&include=x_UserEmail' },
  }[dataset] ?? { tenant: 'tenant_id', day: 'day', include: dataset === 'costs' ? '&include=user_email' : '' };

  // Read back by the engine, into a table with the view's types.
  test.each([
    ['parquet', 'Parquet'],
    ['jsonl', 'JSONEachRow'],
    ['csv', 'CSVWithNames'],
  ] as const)('as %s is read back to the last digit', async (extension, format) => {
    const { warehouse, options } = database;
    const copy = `${dataset}_${extension}`;
    const expected = `SELECT * EXCEPT (${tenant}) FROM ${dataset}
      WHERE ${tenant} = 'one' AND ${day} >= '2026-01-01' AND ${day} < '2026-01-04'`;
    await warehouse.command('copy', `CREATE TABLE ${copy} ENGINE = Memory AS ${expected} LIMIT 0`);
    const response = await one.fetchApi(`${dataset}?${RANGE}&format=${extension}${include}`);
    const query = `INSERT INTO ${copy} FORMAT ${format}`;
    const search = new URLSearchParams({ query, database: options.database, date_time_input_format: 'best_effort' });
    const written = await fetch(`${options.url}/?${search}`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': options.user, 'x-clickhouse-key': options.password },
      body: response.body,
      duplex: 'half',
    });
    expect(written.status).toBe(200);
    const [counts] = await warehouse.query({
      name: 'compare',
      sql: `SELECT (SELECT count() FROM (${expected})) AS rows, (SELECT count() FROM ${copy}) AS copied,
              (SELECT count() FROM (${expected} EXCEPT SELECT * FROM ${copy})) AS lost`,
      row: z.object({ rows: z.coerce.number(), copied: z.coerce.number(), lost: z.coerce.number() }),
    });
    expect(counts?.rows).toBeGreaterThan(0);
    expect(counts).toEqual({ rows: counts?.rows, copied: counts?.rows, lost: 0 });
  });

  test('holds one tenant’s rows, or those of one integration', async () => {
    const lines = async (api: typeof one, query: string) =>
      (await (await api.fetchApi(`${dataset}?${RANGE}&format=jsonl${query}`)).text()).split('\n').filter(Boolean)
        .length;
    const other = await serve('other');
    expect(await lines(other, '')).toBe(0);
    expect((await other.fetchApi(`${dataset}?${RANGE}&integration_id=i-one`)).status).toBe(404);
    const [all, first, second] = await Promise.all([
      lines(one, ''),
      lines(one, '&integration_id=i-one'),
      lines(one, '&integration_id=i-two'),
    ]);
    expect([first > 0, first + second]).toEqual([true, all]);
  });
});

test.each([
  [`prices?${RANGE}`, '/path/dataset', /costs, usage, focus/],
  [`costs?${RANGE}&format=xlsx`, '/query/format', /csv, parquet, jsonl/],
  ['costs?from=2026-01-02&to=2026-01-02', '/query/to', /half-open/],
  ['costs?from=yesterday', '/query/from', /YYYY-MM-DD/],
  [`focus?${RANGE}&version=1.0`, '/query/version', /1.4, 1.2/],
  [`costs?${RANGE}&version=1.2`, '/query/version', /for focus only/],
  [`costs?${RANGE}&format=parquet&bom=true`, '/query/bom', /csv only/],
  [`costs?${RANGE}&format=jsonl&formulas=escaped`, '/query/formulas', /csv only/],
  [`costs?${RANGE}&exclude=x_UserEmail`, '/query/exclude', /columns of the view/],
  [`costs?${RANGE}&include=x_UserEmail`, '/query/include', /user_email in costs/],
  [`usage?${RANGE}&include=user_email`, '/query/include', /left out otherwise/],
  [`focus?${RANGE}&include=x_UserId`, '/query/include', /left out otherwise/],
  [`costs?${RANGE}&exclude=tenant_id`, '/query/exclude', /columns of the view/],
  [`costs?${RANGE}&tenant_id=two`, '/query/tenant_id', /^is unknown$/],
])('%s is refused with a pointer', async (path, pointer, message) => {
  const response = await one.fetchApi(path);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'invalid_request',
    errors: [{ pointer, message: expect.stringMatching(message) }],
  });
});

test('an error before the first byte is a problem', async () => {
  const away = openWarehouse({ ...database.options, url: 'http://127.0.0.1:9' });
  closers.push(() => away.close());
  const response = await (await serve('one', away)).fetchApi(`costs?${RANGE}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    503,
    'application/problem+json; charset=utf-8',
  ]);
  expect(response.headers.get('content-disposition')).toBeNull();
});

test('a big export is streamed at its reader’s pace, without buffering', async () => {
  await seedBig(database.warehouse, BIG_ROWS);
  const big = await serve('big');
  const before = held();
  const response = await big.open('costs?from=2026-01-01&to=2026-02-01&format=jsonl');
  // Nothing reads yet: once the sockets' buffers are full, no more is read from the warehouse.
  const [sent] = big.responses;
  await vi.waitUntil(() => sent?.writableNeedDrain, { timeout: 60_000 });
  expect(sent?.writableLength).toBeLessThan(1_000_000);
  let bytes = 0;
  let lines = 0;
  let samples = 0;
  let most = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
    if (bytes < samples * 10_000_000) continue;
    samples += 1;
    most = Math.max(most, held());
  }
  expect([lines, samples]).toEqual([BIG_ROWS, 14]);
  expect(most - before).toBeLessThan(10_000_000);
});

test('a reader that disconnects ends the query in the warehouse', async () => {
  const own = await createDatabase();
  closers.push(own.drop);
  await own.warehouse.command(
    'an endless view',
    `CREATE OR REPLACE VIEW costs AS
     SELECT 'one' AS tenant_id, 'i' AS integration_id, toDate('2026-01-01') AS day
     FROM system.numbers WHERE sipHash64(number) = 1`,
  );
  const running = () => runningQueries(own, 'export costs');
  const api = await serve('one', own.warehouse);
  const leave = new AbortController();
  const response = fetch(`${api.url}/v1/exports/costs?${RANGE}`, { headers: api.headers, signal: leave.signal });
  await vi.waitUntil(async () => (await running()) === 1, { timeout: 60_000 });
  leave.abort();
  await expect(response).rejects.toThrow('aborted');
  await vi.waitUntil(async () => (await running()) === 0, { timeout: 60_000 });
});

test('if the warehouse fails midway, the connection is reset and the file does not end regularly', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-export-'));
  const engine = await startChdbServer({ directory });
  const { url, password } = engine;
  const warehouse = openWarehouse({ url, password, user: 'default', database: 'default', application: 'test' });
  closers.push(
    () => warehouse.close(),
    () => engine.kill(),
    () => rm(directory, { recursive: true, force: true }),
  );
  await migrate(warehouse);
  await seedBig(warehouse, 60_000);
  const api = await serve('big', warehouse);
  const path = 'costs?from=2026-01-01&to=2026-02-01&format=jsonl';
  const response = await api.open(path);
  expect(response.statusCode).toBe(200);
  const old = await openHttp10(`${api.url}/v1/exports/${path}`, api.headers);
  await vi.waitUntil(() => api.responses.length === 2 && api.responses.every((each) => each.writableNeedDrain), {
    timeout: 60_000,
  });
  await engine.kill();
  await expect(response.toArray()).rejects.toThrow('aborted');
  // In HTTP/1.0 the end of the connection is the end of the file.
  await expect(old.toArray()).rejects.toThrow('ECONNRESET');
  expect((await api.fetchApi('costs')).status).toBe(503); // and the next request gets its problem
});

/** Requests like an old proxy. */
async function openHttp10(url: string, headers: Record<string, string>): Promise<Socket> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${pathname}${search} HTTP/1.0\r\n${lines.join('')}\r\n`);
  await once(socket, 'readable');
  return socket;
}

/** Bytes that are in use by this process, which is both the API and the reader. */
function held(): number {
  collectGarbage();
  collectGarbage(); // buffers that the first one found are given back by the second at the latest
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function columnsOf(view: string): Promise<string[]> {
  const rows = await database.warehouse.query({
    name: 'columns',
    sql: `SELECT name FROM system.columns
          WHERE database = currentDatabase() AND table = {view: String} AND name != 'tenant_id' ORDER BY position`,
    params: { view },
    row: z.object({ name: z.string() }),
  });
  return rows.map(({ name }) => name);
}

/** Generates a month of the tenant `big` inside the warehouse. */
async function seedBig(warehouse: Warehouse, rows: number): Promise<void> {
  const days = 30;
  const texts: Record<string, string> = {
    model: `concat('m', toString(i % 50))`,
    line_item: `concat('l', toString(i))`,
  };
  const columns = Object.entries(costItem({})).map(([name, value]) => {
    const cell =
      name === 'amount' ? `toDecimal128('-0.01', 18)` : typeof value === 'string' ? (texts[name] ?? `''`) : value;
    return [
      `items.${name}`,
      `arrayMap(i -> ${cell === null ? `CAST(NULL, 'Nullable(Decimal(38, 18))')` : cell}, range(${rows / days}))`,
    ];
  });
  await warehouse.command(
    'seed',
    `INSERT INTO cost_days (tenant_id, integration_id, day, version, ${columns.map(([name]) => name).join(', ')})
     SELECT 'big', 'i', toDate('2026-01-01') + number, 1, ${columns.map(([, value]) => value).join(', ')}
     FROM numbers(${days})`,
  );
}
