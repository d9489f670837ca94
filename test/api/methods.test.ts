import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { awayTemporal } from '../support/away-temporal.ts';
import { serveApi } from '../support/serve-api.ts';
import { readDescription } from './validator.ts';

const ORIGIN = 'https://app.example';
/** Paths that need no token, or one of their own. */
const PUBLIC = ['/health', '/ready', '/openapi.json', '/docs', '/metrics'];

let warehouse: Warehouse;
let queried = 0;
/** What queries wait for. */
let held: Promise<void> | undefined;
let api: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  // Neither server runs, and nothing here needs one.
  const nowhere = { url: 'http://127.0.0.1:9', user: 'default', password: '', database: 'default' };
  warehouse = openWarehouse({ ...nowhere, application: 'test' });
  const counting: Warehouse = {
    ...warehouse,
    async query(question) {
      queried += 1;
      await held;
      return warehouse.query(question);
    },
  };
  api = await serveApi(counting, awayTemporal(), 'one', {
    corsOrigins: [ORIGIN],
    metricsToken: 'a-token-of-metrics',
  });
});
afterAll(async () => {
  await Promise.all([api.close(), warehouse.close()]);
});

const send = (method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(api.url + path, { method, headers });

describe.each(PUBLIC)('%s', (path) => {
  test('supports GET and HEAD, lists them, and refuses all others', async () => {
    const told = await send('OPTIONS', path);
    expect([told.status, told.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const refused = await send(method, path);
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
      expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await refused.json()).toMatchObject({ code: 'method_not_allowed' });
    }
    const headers = { authorization: 'Bearer a-token-of-metrics' };
    const [got, head] = [await send('GET', path, headers), await send('HEAD', path, headers)];
    expect([head.status, head.headers.get('content-type')]).toEqual([got.status, got.headers.get('content-type')]);
    expect(await head.text()).toBe('');
  });
});

test('every path lists its methods without a token, to other origins too', async () => {
  const { operations } = await readDescription(api.url);
  for (const [path, those] of Map.groupBy(operations, (operation) => operation.path)) {
    const methods = those.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    const url = path.replaceAll(/\{\w+\}/g, 'costs');
    const preflight = { origin: ORIGIN, 'access-control-request-method': 'GET' };
    for (const headers of [{}, preflight]) {
      const { status, headers: told } = await send('OPTIONS', url, headers);
      expect([path, status, told.get('allow')]).toEqual([path, 204, [...methods, 'OPTIONS'].join(', ')]);
      expect(told.get('access-control-allow-origin')).toBe(headers === preflight ? ORIGIN : null);
    }
    const refused = await send('PATCH', url, api.headers);
    expect([path, refused.status, refused.headers.get('allow')]).toEqual([
      path,
      405,
      [...methods, 'OPTIONS'].join(', '),
    ]);
  }
  expect((await send('OPTIONS', '/nothing')).status).toBe(404);
  expect((await send('OPTIONS', '/v1/nothing')).status).toBe(401);
});

test('many readiness probes check the servers once', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  held = promise;
  const before = api.responses.length;
  queried = 0;
  const probes = Array.from({ length: 50 }, () => send('GET', '/ready'));
  await expect.poll(() => api.responses.length).toBe(before + 50);
  resolve();
  const results = await Promise.all(probes);
  expect(results.map(({ status }) => status)).toEqual(Array(50).fill(503));
  expect(queried).toBeLessThanOrEqual(1);
});
