import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

type Body = { id: string; code: string; data: { name: string }[]; errors: { pointer: string }[] };

let database: Database;
let temporal: Connection;
let apis: Awaited<ReturnType<typeof serveApi>>[];
beforeAll(async () => {
  [database, temporal] = [await createDatabase(), Connection.lazy()];
  apis = await Promise.all(['one', 'other'].map((tenant) => serveApi(database.warehouse, temporal, tenant)));
});
afterAll(async () => {
  await Promise.all([...apis.map((api) => api.close()), temporal.close()]);
  await database.drop();
});

async function request(tenant: 0 | 1, method: string, path = '/v1/views', body?: object) {
  const { url = '', headers = {} } = apis[tenant] ?? {};
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

test('a view is saved, found by name, replaced under the same name, and deleted, in its own tenant alone', async () => {
  const view = { name: 'Every month', query: 'range=365d&by=project_id&granularity=month' };
  const { status, body } = await request(0, 'POST', '/v1/views', view);
  expect([status, body]).toEqual([201, { id: body.id, ...view }]);
  const path = `/v1/views/${body.id}`;
  await request(0, 'POST', '/v1/views', { name: 'A first one', query: 'by=model' });
  const again = { ...view, query: 'range=2026-10&project_id=%F0%9F%9A%80' };
  expect((await request(0, 'POST', '/v1/views', again)).body).toEqual({ id: body.id, ...again });
  expect((await request(0, 'GET')).body.data.map(({ name }) => name)).toEqual(['A first one', view.name]);
  expect(await request(0, 'GET', path)).toEqual({ status: 200, body: { id: body.id, ...again } });

  expect((await request(1, 'GET')).body).toEqual({ data: [] });
  for (const method of ['GET', 'DELETE']) expect((await request(1, method, path)).status).toBe(404);

  expect(await request(0, 'DELETE', path)).toEqual({ status: 200, body: { id: body.id, status: 'deleted' } });
  for (const method of ['GET', 'DELETE']) expect((await request(0, method, path)).status).toBe(404);
  expect((await request(0, 'POST', '/v1/views', view)).status).toBe(201);
});

test.each([
  ['a name of spaces', { name: ' ' }, '/name'],
  ['an address of another page', { query: 'https://example.com/' }, '/query'],
  ['a script', { query: 'a=<script>' }, '/query'],
  ['a field that is unknown', { colour: 'red' }, '/colour'],
])('%s is refused', async (_, said, pointer) => {
  const { status, body } = await request(0, 'POST', '/v1/views', { name: 'name', query: 'by=model', ...said });
  expect([status, body.code, body.errors[0]?.pointer]).toEqual([400, 'invalid_request', pointer]);
});

test('the 201st view is refused, and one of the 200 can still be replaced', async () => {
  const { length } = (await request(0, 'GET')).body.data;
  const rows = Array.from({ length: 199 - length }, (_, index) => ({ view_id: `view-${index}`, name: `${index}` }));
  const common = { tenant_id: 'one', version: Date.now(), is_deleted: false, query: '' };
  await database.warehouse.insert(
    'saved_views',
    rows.map((row) => ({ ...common, ...row })),
  );
  const save = (name: string) => request(0, 'POST', '/v1/views', { name, query: '' });
  expect((await save('the 200th')).status).toBe(201);
  expect(await save('one more')).toMatchObject({ status: 409, body: { code: 'too_many_views' } });
  expect((await save('the 200th')).status).toBe(201);
});
