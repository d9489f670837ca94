import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import type { UsageDataset } from '#domain/dataset.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { usageDay, usageItem } from '../fixtures/usage-fixtures.ts';
import { writeCostDays, writeUsageDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { fromUnits, sumOf } from '../support/decimal-sums.ts';
import { asTenants } from './as-tenants.ts';
import { dice, groupFacts, periodOf, previousFrom, type Question, toSearch } from './group-facts.ts';

type Metrics = Record<string, string>;
type Usage = { data: Record<string, unknown>[]; total: Metrics; previous: { total: Metrics; change: Metrics } | null };
type UsageFact = { day: string; integration_id: string; dataset: string; about: Metrics; metrics: Metrics };

const dimensions = [
  'project_id',
  'model',
  'api_key_id',
  'user_id',
  'batch',
  'service_tier',
  'size',
  'source',
  'context_level',
  'vector_store_id',
];
const FROM = '2026-01-14';
const TO = '2026-03-04';

const { below, pick, some } = dice(11);
const amount = () => pick(['0', '1', '7', '0.000000000000000001', '12345678901234.5', String(below(1000))]);
const facts = Array.from({ length: 500 }, (): UsageFact => {
  const dataset = pick(['usage/completions', 'usage/images', 'usage/web_search_calls', 'usage/vector_stores']);
  const measured = {
    'usage/completions': ['input_tokens', 'output_tokens', 'num_model_requests', 'num_thoughts'],
    'usage/images': ['images', 'num_model_requests'],
    'usage/web_search_calls': ['num_requests', 'num_model_requests'],
    'usage/vector_stores': ['usage_bytes'],
  }[dataset] as string[];
  return {
    day: new Date(Date.UTC(2025, 10, 20 + below(104))).toISOString().slice(0, 10),
    integration_id: pick(['i-a', 'i-b']),
    dataset,
    about: Object.fromEntries(dimensions.map((name) => [name, pick(['', `${name}-1`, `${name} "2",\n'✓'`])])),
    metrics: Object.fromEntries(measured.map((name) => [name, amount()])),
  };
}).map((fact) => ({ ...fact, ...fact.about }));

let database: Database;
let api: ReturnType<typeof asTenants>;
beforeAll(async () => {
  database = await createDatabase();
  const { warehouse } = database;
  api = asTenants(warehouse);
  for (const integration_id of ['i-a', 'i-b']) {
    const key = { tenant_id: 'one', integration_id };
    await writeIntegration(warehouse, integration(key));
    const ours = facts.filter((fact) => fact.integration_id === integration_id);
    for (const [dataset, those] of Map.groupBy(ours, (fact) => fact.dataset)) {
      const days = [...Map.groupBy(those, ({ day }) => day)].map(([day, each]) =>
        usageDay(
          day,
          each.map(({ about, metrics }) => usageItem(about, metrics)),
        ),
      );
      await writeUsageDays(warehouse, { ...key, dataset: dataset as UsageDataset, version: Date.now() }, days);
    }
  }
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

/** Bytes are a stock: a period has those of the last day on which the integration has any. */
function isLastDay({ day, integration_id }: UsageFact, question: Question): boolean {
  return !facts.some(
    (other) =>
      other.dataset === 'usage/vector_stores' &&
      other.integration_id === integration_id &&
      other.day > day &&
      other.day < question.to &&
      other.day < question.from === day < question.from &&
      periodOf(other.day, question) === periodOf(day, question),
  );
}

function sumMetric(those: readonly UsageFact[], name: string, question: Question): bigint {
  const { dataset } = question.filters;
  const counted = those.filter((fact) => {
    if (name === 'usage_bytes') return isLastDay(fact, question);
    if (name !== 'num_model_requests' || fact.dataset !== 'usage/web_search_calls') return true;
    return dataset !== undefined && !dataset.includes('usage/completions');
  });
  return sumOf(counted.map(({ metrics }) => metrics[name] ?? '0'));
}

async function expectTruth(question: Question) {
  const { status, body } = await api.fetchApi<Usage>('one', `/v1/usage?${toSearch(question, { limit: '1000' })}`);
  expect([status, toSearch(question).toString()]).toEqual([200, toSearch(question).toString()]);
  const groups = groupFacts(facts, question, (those, name) => sumMetric(those, name, question));
  const all = (those: readonly UsageFact[]) =>
    Object.fromEntries(USAGE_METRICS.map((name) => [name, fromUnits(sumMetric(those, name, question))]));
  const changes = (now: UsageFact[], before: UsageFact[]) =>
    Object.fromEntries(
      USAGE_METRICS.map((name) => [
        name,
        fromUnits(sumMetric(now, name, question) - sumMetric(before, name, question)),
      ]),
    );
  const rows = groups.map(({ period, keys, now, before }) => {
    const others = now.filter(({ metrics }) => metrics.num_thoughts !== undefined);
    return {
      period,
      ...Object.fromEntries(question.group_by.map((name, index) => [name, keys[index]])),
      ...all(now),
      other_metrics: others.length > 0 ? { num_thoughts: fromUnits(sumMetric(others, 'num_thoughts', question)) } : {},
      ...(question.compare && { previous: all(before), change: changes(now, before) }),
    };
  });
  const names = ['project_name', 'api_key_name', 'user_name', 'organization_name'];
  expect(
    body.data.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))),
  ).toEqual(rows);
  const [now, before] = [groups.flatMap((group) => group.now), groups.flatMap((group) => group.before)];
  // Periods of a stock do not add up: the total is that of the whole range.
  const whole = { ...question, granularity: 'total' } as const;
  const bytes = (those: readonly UsageFact[]) => sumMetric(those, 'usage_bytes', whole);
  expect(body.total).toEqual({ ...all(now), usage_bytes: fromUnits(bytes(now)) });
  if (!question.compare) return expect(body.previous).toBeNull();
  expect(body.previous).toEqual({
    from: previousFrom(question),
    to: question.from,
    missing_days: expect.any(Array),
    total: { ...all(before), usage_bytes: fromUnits(bytes(before)) },
    change: { ...changes(now, before), usage_bytes: fromUnits(bytes(now) - bytes(before)) },
  });
}

const plain: Question = {
  from: FROM,
  to: TO,
  granularity: 'total',
  group_by: [],
  filters: {},
  order: '-num_model_requests',
  compare: false,
};

describe('sums equal those of all facts', () => {
  test.each([...dimensions, 'dataset', 'integration_id'])('grouped by %s', async (name) => {
    await expectTruth({ ...plain, group_by: [name] });
    await expectTruth({ ...plain, group_by: [name], granularity: 'week', compare: true, order: 'key' });
  });

  test.each(['usage_bytes', '-usage_bytes', '-input_tokens', 'num_model_requests', 'key'])(
    'in the order of %s',
    async (order) => {
      await expectTruth({ ...plain, order, granularity: 'month', group_by: ['project_id'], compare: true });
    },
  );

  test.each([['usage/completions'], ['usage/web_search_calls'], ['usage/web_search_calls', 'usage/images']])(
    'of %s %s',
    async (...dataset) => {
      await expectTruth({ ...plain, filters: { dataset }, granularity: 'month', group_by: ['dataset'] });
    },
  );

  test('for random questions', async () => {
    for (let nth = 0; nth < 10; nth += 1) {
      const filters = some(dimensions, 2).map((name) => [name, ['', `${name}-1`].slice(below(2))]);
      await expectTruth({
        ...plain,
        from: pick([FROM, '2026-01-01']),
        granularity: pick(['total', 'day', 'week', 'month']),
        group_by: some([...dimensions, 'dataset'], 3),
        filters: Object.fromEntries(filters),
        order: pick(['-num_model_requests', 'images', 'key']),
        compare: pick([true, false]),
      });
    }
  });
});

test('the total of bytes is that of the last day, for every granularity', async () => {
  const key = { tenant_id: 'stock', dataset: 'usage/vector_stores', version: 1 } as const;
  const held = (day: string, usage_bytes: string) => usageDay(day, [usageItem({}, { usage_bytes })]);
  await writeUsageDays(database.warehouse, { ...key, integration_id: 'i-a' }, [
    held('2026-01-28', '5'),
    held('2026-01-31', '7'),
    held('2026-02-01', '10'),
    held('2026-02-03', '20'),
  ]);
  await writeUsageDays(database.warehouse, { ...key, integration_id: 'i-b' }, [held('2026-01-31', '100')]);
  for (const granularity of ['total', 'day', 'week', 'month']) {
    for (const [from, to, total, before] of [
      ['2026-01-31', '2026-02-05', '120', '5'],
      ['2026-02-02', '2026-02-05', '20', '110'],
    ]) {
      const path = `/v1/usage?from=${from}&to=${to}&granularity=${granularity}&compare=previous_period`;
      const { body } = await api.fetchApi<Usage>('stock', path);
      expect([body.total.usage_bytes, body.previous?.total.usage_bytes]).toEqual([total, before]);
      expect(Number(body.previous?.change.usage_bytes)).toBe(Number(total) - Number(before));
    }
  }
});

test.each(['-num_model_requests', 'input_tokens', 'key'])(
  'the pages in the order of %s are all rows',
  async (order) => {
    const question: Question = { ...plain, order, group_by: ['project_id', 'model', 'user_id'], granularity: 'month' };
    const whole = await api.fetchAllPages('one', `/v1/usage?${toSearch(question, { limit: '1000' })}`);
    expect(whole.length).toBeGreaterThan(60);
    expect(await api.fetchAllPages('one', `/v1/usage?${toSearch(question, { limit: '23' })}`)).toEqual(whole);
  },
);

test('ids have their listed names, projects those on the bill; an e-mail address is no name', async () => {
  const key = { tenant_id: 'named', integration_id: 'i' };
  await writeIntegration(database.warehouse, integration(key));
  await createNameWriter(database.warehouse, { ...key, version: 1 }).write([
    { kind: 'project', id: 'p-1', name: 'Listed' },
    { kind: 'api_key', id: 'k-1', name: 'Key' },
    { kind: 'user', id: 'u-1', name: 'Ada' },
  ]);
  await writeCostDays(database.warehouse, { ...key, version: 1 }, [
    costDay('2026-01-01', [
      costItem({ project_id: 'p-2', project_name: 'Billed', user_id: 'u-2', user_email: 'two@example.com' }),
    ]),
  ]);
  const items = ['1', '2', '3'].map((nth) =>
    usageItem({ project_id: `p-${nth}`, user_id: `u-${nth}`, api_key_id: `k-${nth}` }, { num_model_requests: nth }),
  );
  await writeUsageDays(database.warehouse, { ...key, dataset: 'usage/completions', version: 1 }, [
    usageDay('2026-01-01', items),
  ]);
  const { body } = await api.fetchApi<Usage>(
    'named',
    '/v1/usage?from=2026-01-01&to=2026-01-02&group_by=project_id,user_id,api_key_id&order=key',
  );
  expect(body.data).toMatchObject([
    { project_id: 'p-1', project_name: 'Listed', user_name: 'Ada', api_key_name: 'Key' },
    { project_id: 'p-2', project_name: 'Billed', user_name: 'u-2', api_key_name: 'k-2' },
    { project_id: 'p-3', project_name: 'p-3', user_name: 'u-3', api_key_name: 'k-3' },
  ]);
});

test('freshness is that of the selected endpoints', async () => {
  const key = { tenant_id: 'fresh', integration_id: 'i' };
  await writeIntegration(database.warehouse, integration(key));
  const freshness = async (more: string) => {
    const { body } = await api.fetchApi<Record<string, unknown>>(
      'fresh',
      `/v1/usage?from=2026-01-01&to=2026-01-04${more}`,
    );
    return [body.synced_through, body.missing_days];
  };
  const all = ['2026-01-01', '2026-01-02', '2026-01-03'];
  expect(await freshness('')).toEqual([null, all]);
  const version = Date.parse('2026-01-04T00:00:00Z');
  const days = (those: string[]) => those.map((day) => usageDay(day, []));
  await writeUsageDays(database.warehouse, { ...key, dataset: 'usage/completions', version }, days(all));
  await writeUsageDays(database.warehouse, { ...key, dataset: 'usage/images', version }, days(all.slice(0, 2)));
  expect(await freshness('')).toEqual(['2026-01-02', ['2026-01-03']]);
  expect(await freshness('&dataset=usage/completions')).toEqual(['2026-01-03', []]);
  expect(await freshness('&dataset=usage/moderations')).toEqual([null, all]);
  const before = async (from: string, more = '') => {
    const path = `/v1/usage?from=${from}&to=2026-01-05&compare=previous_period${more}`;
    return (await api.fetchApi<{ previous: { missing_days: string[] } }>('fresh', path)).body.previous.missing_days;
  };
  expect(await before('2026-01-04')).toEqual(['2026-01-03']);
  expect(await before('2026-01-04', '&dataset=usage/completions')).toEqual([]);
  expect(await before('2026-01-03', '&dataset=usage/completions')).toEqual([]);
  expect(await before('2026-01-02', '&dataset=usage/completions')).toEqual(['2025-12-30', '2025-12-31']);
});

test.each([
  ['group_by=currency', '/query/group_by/0', /project_id, model/],
  ['token_type=input', '/query/token_type', /^is unknown$/],
  ['order=-amount', '/query/order', /num_model_requests/],
  ['cursor=x', '/query/cursor', /same parameters/],
  ['limit=1001', '/query/limit', /at most 1000/],
])('%s is refused with a pointer', async (query, pointer, message) => {
  const { status, body } = await api.fetchApi('one', `/v1/usage?${query}`);
  expect([status, body.errors]).toEqual([400, [{ pointer, message: expect.stringMatching(message) }]]);
});

test('another tenant’s usage is 0, and its integration is not found', async () => {
  const { body } = await api.fetchApi<Usage>('two', `/v1/usage?from=${FROM}&to=${TO}&group_by=model`);
  expect([body.data, body.total.num_model_requests]).toEqual([[], '0']);
  expect((await api.fetchApi('two', '/v1/usage?integration_id=i-a')).status).toBe(404);
});
