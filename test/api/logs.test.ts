import { request as send } from 'node:http';
import { Connection } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

const WAIT = { timeout: 60_000, interval: 20 };

let database: Database;
let temporal: Connection;
let away: Warehouse;
let lines: string[] = [];
let api: Awaited<ReturnType<typeof serve>>;
let lame: Awaited<ReturnType<typeof serve>>;

const serve = (warehouse: Warehouse) =>
  serveApi(warehouse, temporal, 'one', {
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  });

beforeAll(async () => {
  database = await createDatabase();
  temporal = await Connection.connect(inject('temporal'));
  away = openWarehouse({ ...database.options, url: 'http://127.0.0.1:9', application: 'test' });
  [api, lame] = await Promise.all([serve(database.warehouse), serve(away)]);
});
beforeEach(() => {
  lines = [];
});
afterAll(async () => {
  await Promise.all([api.close(), lame.close(), away.close(), temporal.close()]);
  await database.drop();
});

type Line = Record<string, unknown> & { msg: string; level: number };
/** The logged lines, once so many requests' own are among them: the client has the response before the request ends here. */
const logged = (requests = 1) =>
  vi.waitFor(() => {
    const all = lines.map((line) => JSON.parse(line) as Line);
    if (all.filter(({ msg }) => msg.startsWith('request ')).length < requests) throw new Error('not yet');
    return all;
  }, WAIT);

test('a request is one line: tenant, route, status and duration', async () => {
  const response = await fetch(`${api.url}/v1/integrations`, { headers: api.headers });
  expect(await logged()).toEqual([
    {
      level: 30,
      time: expect.any(Number),
      pid: expect.any(Number),
      hostname: expect.any(String),
      request_id: response.headers.get('x-request-id'),
      method: 'GET',
      route: '/v1/integrations',
      status: 200,
      ms: expect.any(Number),
      tenant_id: 'one',
      msg: 'request completed',
    },
  ]);
});

test('a route is logged by its pattern, even if the response is a problem', async () => {
  await fetch(`${api.url}/v1/integrations/openai-none`, { headers: api.headers });
  expect(await logged()).toMatchObject([{ route: '/v1/integrations/:integration_id', status: 404, tenant_id: 'one' }]);
});

test('no line holds anything that was sent, wherever a secret was put', async () => {
  const secret = 'sk-admin-very-secret';
  const headers = { ...api.headers, cookie: secret, 'content-type': 'application/json', 'idempotency-key': secret };
  const body = JSON.stringify({ [secret]: secret, admin_key: secret.slice(3) });
  await fetch(`${api.url}/v1/integrations?key=${secret}`, { method: 'POST', headers, body });
  await fetch(`${api.url}/v1/${secret}`, { headers });
  await fetch(`${api.url}/v1/integrations/${secret}`, { headers });
  await fetch(`${api.url}/v1/costs`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await logged(4)).map(({ status }) => status)).toEqual([400, 404, 404, 401]);
  for (const sent of ['very-secret', 'token-of-one']) expect(lines.join('')).not.toContain(sent);
});

test('an error is logged once, beside the request’s own line', async () => {
  const response = await fetch(`${lame.url}/v1/costs`, { headers: lame.headers });
  expect(response.status).toBe(503);
  const request_id = response.headers.get('x-request-id');
  expect(await logged()).toMatchObject([
    {
      level: 50,
      code: 'warehouse_unavailable',
      request_id,
      err: { message: expect.stringMatching(/did not respond/) },
    },
    { level: 30, msg: 'request completed', route: '/v1/costs', status: 503, request_id },
  ]);
  expect(lines.filter((line) => line.includes('"err"'))).toHaveLength(1);
});

test('a caller may choose the request id, in letters and digits', async () => {
  const fetchApi = async (id: string) => {
    const response = await fetch(`${api.url}/v1/nothing`, { headers: { ...api.headers, 'x-request-id': id } });
    const { request_id } = (await response.json()) as { request_id: string };
    expect(request_id).toBe(response.headers.get('x-request-id'));
    return request_id;
  };
  expect(await fetchApi('mine_-1')).toBe('mine_-1');
  expect(await logged()).toMatchObject([{ request_id: 'mine_-1', route: '', status: 404 }]);
  const wrong = ['', 'a b', 'a"b', 'ä', 'x'.repeat(65)];
  for (const id of wrong) expect(await fetchApi(id)).toMatch(/^[\da-f-]{36}$/);
  await logged(1 + wrong.length); // so that none of them is among the next test's
});

test('a caller that disconnects is logged as aborted', async () => {
  const request = send(`${api.url}/v1/integrations`, {
    method: 'POST',
    headers: { ...api.headers, 'content-type': 'application/json', 'content-length': 100 },
  });
  request.on('error', () => {});
  request.write('{');
  await vi.waitFor(() => expect(api.responses.at(-1)?.req.method).toBe('POST'), WAIT);
  request.destroy();
  expect(await logged()).toMatchObject([{ msg: 'request aborted', method: 'POST', route: '/v1/integrations' }]);
});

test('probes are logged at debug level only', async () => {
  await fetch(`${api.url}/health`);
  await fetch(`${api.url}/ready`);
  await fetch(`${api.url}/openapi.json`);
  expect(await logged()).toMatchObject([{ route: '/openapi.json' }]);
});
