import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { usageDay, usageItem } from '../fixtures/usage-fixtures.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { asTenants } from './as-tenants.ts';

type Values = {
  data: { value: string; name: string; label: string; amount: string | null }[];
  next_cursor: string | null;
};

let database: Database;
let api: ReturnType<typeof asTenants>;
beforeAll(async () => {
  database = await createDatabase();
  api = asTenants(database.warehouse);
  for (const [tenant_id, currency] of [
    ['one', 'usd'],
    ['mixed', 'eur'],
  ] as const) {
    const key = { tenant_id, integration_id: `i-${tenant_id}` };
    await writeIntegration(database.warehouse, integration({ ...key, organization_name: 'Ünited Widgets' }));
    await createNameWriter(database.warehouse, { ...key, version: 1 }).write([
      { kind: 'project', id: 'proj_a', name: 'Chat 100% "prod"' },
      { kind: 'user', id: 'user-1', name: 'Ada Lovelace' },
    ]);
    await writeCostDays(database.warehouse, { ...key, version: 1 }, [
      costDay('2026-01-01', [
        costItem({ project_id: 'proj_a', model: 'gpt-5', user_id: 'user-1', amount: '1' }),
        costItem({ project_id: 'proj_b', project_name: 'Old name', model: 'gpt-5', amount: '5' }),
        costItem({ project_id: '', model: '', amount: '-2', currency }),
      ]),
      costDay('2026-01-02', [
        costItem({ project_id: 'proj_b', project_name: 'Suche_ÄÖ', model: 'o3', amount: '4', currency }),
      ]),
    ]);
  }
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const RANGE = 'from=2026-01-01&to=2026-01-03';
const fetchApi = async (path: string, tenantId = 'one') =>
  (await api.fetchApi<Values>(tenantId, `/v1/dimensions/${path}`)).body;

test('values have names and are ordered by cost, highest first', async () => {
  expect(await fetchApi(`project_id?${RANGE}`)).toEqual({
    data: [
      { value: 'proj_b', name: 'Suche_ÄÖ', label: 'Suche_ÄÖ', amount: '9' },
      { value: 'proj_a', name: 'Chat 100% "prod"', label: 'Chat 100% "prod"', amount: '1' },
      { value: '', name: '', label: '', amount: '-2' },
    ],
    next_cursor: null,
  });
  expect((await fetchApi(`model?${RANGE}`)).data.map(({ name, amount }) => [name, amount])).toEqual([
    ['gpt-5', '6'],
    ['o3', '4'],
    ['', '-2'],
  ]);
  expect((await fetchApi(`integration_id?${RANGE}`)).data).toEqual([
    { value: 'i-one', name: 'Ünited Widgets', label: 'Ünited Widgets', amount: '8' },
  ]);
  expect((await fetchApi('model?from=2020-01-01&to=2020-01-02')).data).toEqual([]);
});

test('equal names are told apart, whichever page they are on and wherever the name is from', async () => {
  const at = (project_id: string, amount: string, project_name = '') => costItem({ project_id, project_name, amount });
  for (const [integration_id, ...items] of [
    ['i-1', at('proj_00000001', '30'), at('proj_00000002', '10', 'Default project'), at('proj_alone', '7', 'Alone')],
    ['i-2', at('proj_00000003', '20')],
  ] as const) {
    const key = { tenant_id: 'alike', integration_id };
    await writeIntegration(database.warehouse, integration({ ...key, organization_name: 'Personal' }));
    await writeCostDays(database.warehouse, { ...key, version: 1 }, [costDay('2026-01-01', [...items])]);
    const id = integration_id === 'i-1' ? 'proj_00000001' : 'proj_00000003';
    await createNameWriter(database.warehouse, { ...key, version: 1 }).write([
      { kind: 'project', id, name: 'Default project' },
    ]);
  }
  const labelsOf = async (path: string) => {
    const { data } = await fetchApi(`${path}&${RANGE}`, 'alike');
    return data.map(({ label, amount }) => [label, amount]);
  };
  const labels = [
    ['Default project (…000001)', '30'],
    ['Default project (…000003)', '20'],
    ['Default project (…000002)', '10'],
    ['Alone', '7'],
  ];
  expect(await labelsOf('project_id?')).toEqual(labels);
  expect(await labelsOf('project_id?limit=1')).toEqual(labels.slice(0, 1));
  expect(await labelsOf('project_id?search=000003')).toEqual([labels[1]]);
  expect(await labelsOf('integration_id?')).toEqual([
    ['Personal (…i-1)', '47'],
    ['Personal (…i-2)', '20'],
  ]);
  const { body } = await api.fetchApi<{ data: Record<string, string>[] }>('alike', '/v1/projects');
  expect(body.data.map(({ project_label }) => project_label).sort()).toEqual(labels.map(([label]) => label).sort());
});

test.each([
  ['project_id', 'CHAT', ['proj_a']],
  ['project_id', 'äö', ['proj_b']],
  ['project_id', 'PROJ_', ['proj_b', 'proj_a']],
  ['project_id', '%', ['proj_a']],
  ['project_id', '_', ['proj_b', 'proj_a']],
  ['project_id', '"', ['proj_a']],
  ['project_id', 'old', []],
  ['user_id', 'lovelace', ['user-1']],
  ['user_id', '', ['', 'user-1']],
  ['project_id', '\u0000', []],
  ['project_id', "\\'", []],
])('of %s, %j finds %j', async (name, search, values) => {
  const { data } = await fetchApi(`${name}?${RANGE}&${new URLSearchParams({ search })}`);
  expect(data.map(({ value }) => value)).toEqual(values);
});

test('values that only usage has are ordered by requests and have no amounts', async () => {
  const write = (dataset: 'usage/images' | 'usage/vector_stores', ...items: ReturnType<typeof usageItem>[]) =>
    writeUsageDays(database.warehouse, { tenant_id: 'one', integration_id: 'i-one', dataset, version: 1 }, [
      usageDay('2026-01-01', items),
    ]);
  await write(
    'usage/images',
    usageItem({ size: '1024x1024', source: 'image.edit' }, { num_model_requests: '2' }),
    usageItem({ size: '512x512', source: 'image.edit' }, { num_model_requests: '1', num_requests: '3' }),
  );
  await write(
    'usage/vector_stores',
    usageItem({ vector_store_id: 'vs_b' }, { usage_bytes: '9' }),
    usageItem({ vector_store_id: 'vs_a' }, { usage_bytes: '1' }),
  );
  const values = async (path: string) => (await fetchApi(path)).data.map(({ value }) => value);
  expect((await fetchApi(`size?${RANGE}&search=512`)).data).toEqual([
    { value: '512x512', name: '512x512', label: '512x512', amount: null },
  ]);
  expect(await values(`size?${RANGE}`)).toEqual(['512x512', '1024x1024', '']);
  expect(await values(`source?${RANGE}`)).toEqual(['image.edit', '']);
  expect(await values(`dataset?${RANGE}`)).toEqual(['usage/images', 'usage/vector_stores']);
  expect(await values(`vector_store_id?${RANGE}`)).toEqual(['', 'vs_a', 'vs_b']);
  expect(await values(`batch?${RANGE}`)).toEqual(['']);
  expect(await values(`context_level?${RANGE}`)).toEqual(['']);
  const paged = await api.fetchAllPages<{ value: string }>('one', `/v1/dimensions/size?${RANGE}&limit=1`);
  expect(paged.map(({ value }) => value)).toEqual(['512x512', '1024x1024', '']);
});

test('the pages together are all values', async () => {
  for (const search of ['', 'proj']) {
    const path = `/v1/dimensions/project_id?${RANGE}&search=${search}`;
    expect(await api.fetchAllPages('one', `${path}&limit=1`)).toEqual(
      (await api.fetchApi<Values>('one', path)).body.data,
    );
  }
});

test('amounts in several currencies are not added up', async () => {
  const values = (await fetchApi(`project_id?${RANGE}`, 'mixed')).data.map(({ value, amount }) => [value, amount]);
  expect(values).toEqual([
    ['proj_b', null],
    ['proj_a', '1'],
    ['', '-2'],
  ]);
});

test.each([
  ['colour', '/path/name'],
  ['project_id?colour=red', '/query/colour'],
  ['project_id?search=a&search=b', '/query/search'],
  [`project_id?search=${'a'.repeat(10_000)}`, '/query/search'],
  ['project_id?cursor=x', '/query/cursor'],
  ['project_id?limit=0', '/query/limit'],
])('%s is refused with a pointer', async (path, pointer) => {
  const { status, body } = await api.fetchApi('one', `/v1/dimensions/${path}`);
  expect([status, body.errors?.map((each) => each.pointer)]).toEqual([400, [pointer]]);
});

test('a cursor of another dimension is refused; another tenant’s integration is not found', async () => {
  const { next_cursor } = await fetchApi(`project_id?${RANGE}&limit=1`);
  expect((await api.fetchApi('one', `/v1/dimensions/model?${RANGE}&cursor=${next_cursor}`)).status).toBe(400);
  expect((await api.fetchApi('one', '/v1/dimensions/model?integration_id=i-mixed')).status).toBe(404);
  expect(await fetchApi(`model?${RANGE}`, 'nobody')).toEqual({ data: [], next_cursor: null });
});
