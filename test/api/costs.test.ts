import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { makeRevision } from '#clickhouse/revision/data-revision.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { fromUnits, sumOf } from '../support/decimal-sums.ts';
import { asTenants } from './as-tenants.ts';
import { dice, type Group, groupFacts, previousFrom, type Question, toSearch } from './group-facts.ts';

type Costs = {
  data: Record<string, string | null>[];
  total: string | null;
  currency: string | null;
  previous: Record<string, string | null> | null;
  next_cursor: string | null;
};
type CostFact = Record<(typeof dimensions)[number], string> & {
  day: string;
  amount: string;
  quantity: string | null;
  quantity_unit: string;
};

const dimensions = [
  'project_id',
  'model',
  'token_type',
  'service',
  'line_item',
  'api_key_id',
  'user_id',
  'service_tier',
  'modality',
  'integration_id',
  'currency',
] as const;
const FROM = '2026-01-14'; // A Wednesday.
const TO = '2026-03-04';
const awkward = [
  '',
  'a',
  'A',
  "o'brien",
  'x,y',
  'line\nbreak\r',
  'tab\t"quoted"',
  'back\\slash',
  'ünï ✓',
  '😀',
  '\u0000',
  '%',
  ' ',
];

const { below, pick, some } = dice(7);
const facts = Array.from({ length: 700 }, (): CostFact => {
  const project = below(6);
  return {
    day: new Date(Date.UTC(2025, 10, 20 + below(104))).toISOString().slice(0, 10),
    integration_id: pick(['i-a', 'i-b']),
    project_id: project === 0 ? '' : `proj_${project}`,
    model: pick(awkward),
    token_type: pick(['input', 'output', 'none']),
    service: pick(['completions', 'images']),
    line_item: pick(awkward),
    api_key_id: pick(['', 'key_1', 'key_2']),
    user_id: pick(['', 'user-1', 'user-2', 'user-3']),
    service_tier: pick(['', 'batch']),
    modality: pick(['', 'text']),
    currency: 'usd',
    amount: pick([
      '1',
      '1',
      '1',
      '-1',
      '0',
      '0.000000000000000001',
      '-0.000000000000000007',
      '123456789012.345678901234567891',
      `${below(1000)}.${below(1000)}`,
    ]),
    ...pick([
      { quantity: '12.5', quantity_unit: 'tokens' },
      { quantity: '3', quantity_unit: 'tokens' },
      { quantity: '3', quantity_unit: 'tokens' },
      { quantity: '1', quantity_unit: 'images' },
      { quantity: null, quantity_unit: '' },
    ]),
  };
});
const nameOf: Record<string, Record<string, string>> = {
  project_id: {
    '': '',
    proj_1: 'Billed 1',
    proj_2: 'Listed, "2"',
    proj_3: 'Billed 3',
    proj_4: 'Billed 4',
    proj_5: 'Billed 5',
  },
  api_key_id: { '': '', key_1: 'Key one', key_2: 'key_2' },
  user_id: { '': '', 'user-1': 'Ada', 'user-2': 'user-2', 'user-3': 'user-3' },
  integration_id: { 'i-a': 'Organization i-a', 'i-b': 'Organization i-b' },
};
const nameFields: Record<string, string> = {
  project_id: 'project_name',
  api_key_id: 'api_key_name',
  user_id: 'user_name',
  integration_id: 'organization_name',
};
const emails: Record<string, string> = { 'user-2': 'two@example.com', 'user-3': 'three@example.com' };

let database: Database;
let api: ReturnType<typeof asTenants>;
beforeAll(async () => {
  database = await createDatabase();
  const { warehouse } = database;
  api = asTenants(warehouse);
  for (const integration_id of ['i-a', 'i-b']) {
    const key = { tenant_id: 'one', integration_id };
    await writeIntegration(warehouse, integration({ ...key, organization_name: `Organization ${integration_id}` }));
    const days = Map.groupBy(
      facts.filter((fact) => fact.integration_id === integration_id),
      ({ day }) => day,
    );
    await writeCostDays(
      warehouse,
      { ...key, version: Date.now() },
      [...days].map(([day, those]) =>
        costDay(
          day,
          those.map(({ day: _, integration_id: __, ...fact }) =>
            costItem({
              ...fact,
              project_name: fact.project_id && `Billed ${fact.project_id.slice(-1)}`,
              user_email: emails[fact.user_id] ?? '',
            }),
          ),
        ),
      ),
    );
    // Both integrations list it: rows must not be duplicated.
    await createNameWriter(warehouse, { ...key, version: 1 }).write([
      { kind: 'project', id: 'proj_2', name: 'Listed, "2"' },
      { kind: 'api_key', id: 'key_1', name: 'Key one' },
      { kind: 'user', id: 'user-1', name: 'Ada', email: 'ada@example.com' },
      { kind: 'user', id: 'user-2', name: '', email: 'two@example.com' },
    ]);
  }
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const amountOf = (those: readonly CostFact[]) => sumOf(those.map(({ amount }) => amount));

function toRow({ period, keys, now, before }: Group<CostFact>, { group_by, compare }: Question) {
  const units = new Set(now.map(({ quantity_unit }) => quantity_unit));
  const isMeasured = units.size === 1 && !units.has('') && now.every(({ quantity }) => quantity !== null);
  const names = group_by.flatMap((name, index) =>
    nameFields[name] ? [[nameFields[name], nameOf[name]?.[keys[index] ?? '']]] : [],
  );
  return {
    period,
    ...Object.fromEntries(group_by.map((name, index) => [name, keys[index]])),
    ...Object.fromEntries(names),
    amount: fromUnits(amountOf(now)),
    quantity: isMeasured ? fromUnits(sumOf(now.map(({ quantity }) => quantity ?? ''))) : null,
    quantity_unit: isMeasured ? [...units][0] : null,
    ...(compare && {
      previous_amount: fromUnits(amountOf(before)),
      change: fromUnits(amountOf(now) - amountOf(before)),
    }),
  };
}

const plain: Question = {
  from: FROM,
  to: TO,
  granularity: 'total',
  group_by: [],
  filters: {},
  order: '-amount',
  compare: false,
};

async function expectTruth(question: Question) {
  const { status, body } = await api.fetchApi<Costs>('one', `/v1/costs?${toSearch(question, { limit: '10000' })}`);
  expect([status, toSearch(question).toString()]).toEqual([200, toSearch(question).toString()]);
  const groups = groupFacts(facts, question, amountOf);
  expect(body.data).toEqual(groups.map((group) => toRow(group, question)));
  const [now, before] = [groups.flatMap((group) => group.now), groups.flatMap((group) => group.before)];
  expect(body).toMatchObject({ total: fromUnits(amountOf(now)), currency: 'usd', next_cursor: null });
  if (!question.compare) return expect(body.previous).toBeNull();
  expect(body.previous).toMatchObject({
    from: previousFrom(question),
    to: question.from,
    total: fromUnits(amountOf(before)),
    change: fromUnits(amountOf(now) - amountOf(before)),
  });
}

describe('sums equal those of all facts', () => {
  const granularity = ['total', 'day', 'week', 'month'] as const;
  test.each(dimensions)('grouped by %s', async (name) => {
    for (const each of ['total', pick(granularity)] as const) {
      await expectTruth({ ...plain, group_by: [name], granularity: each });
    }
  });

  test.each(dimensions)('filtered by %s', async (name) => {
    const values = [...new Set(facts.map((fact) => fact[name]))];
    for (const value of name === 'model' ? values : values.slice(0, 2)) {
      await expectTruth({ ...plain, filters: { [name]: [value] }, group_by: ['service'] });
    }
  });

  test.each(['amount', '-amount', 'key'])('in the order of %s', async (order) => {
    for (const each of granularity) {
      await expectTruth({ ...plain, order, granularity: each, group_by: ['model', 'line_item'] });
      await expectTruth({ ...plain, order, granularity: each, group_by: ['model'], compare: true });
    }
  });

  test('for random questions', async () => {
    for (let nth = 0; nth < 25; nth += 1) {
      const filters = some(dimensions, 3).map(
        (name) => [name, [pick(facts)[name], ...some(facts, 2).map((fact) => fact[name])]] as const,
      );
      await expectTruth({
        from: pick([FROM, '2026-01-01', '2026-02-28']),
        to: pick([TO, '2026-03-01', '2026-03-02']),
        granularity: pick(granularity),
        group_by: some(dimensions, 3),
        filters: Object.fromEntries(filters.map(([name, values]) => [name, [...new Set(values)]])),
        order: pick(['amount', '-amount', 'key']),
        compare: pick([true, false]),
      });
    }
  });
});

test.each([
  [[], ''],
  [['model'], ''],
  [['integration_id', 'token_type'], '&service=completions'],
])('several periods in one answer are each as by itself, grouped by %j', async (group_by, filter) => {
  const periods = [
    { from: '2026-02-10', to: '2026-03-04' },
    { from: '2026-01-14', to: '2026-02-01' },
    { from: '2026-02-03', to: '2026-02-04' },
  ];
  const more = `${group_by.map((name) => `&group_by=${name}`).join('')}${filter}&limit=10000`;
  const named = periods.map(({ from, to }) => `&period=${from}/${to}`).join('');
  const { status, body } = await api.fetchApi<Costs>('one', `/v1/costs?from=${FROM}&to=${TO}${named}${more}`);
  expect(status).toBe(200);
  const alone: Record<string, string | null>[] = [];
  for (const { from, to } of periods.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const each = await api.fetchApi<Costs>('one', `/v1/costs?from=${from}&to=${to}${more}`);
    alone.push(...each.body.data.map((row) => ({ ...row, period: from })));
  }
  expect(alone.length).toBeGreaterThan(2);
  expect(body.data).toEqual(alone);
  expect(body.total).toBe(fromUnits(sumOf(alone.map(({ amount }) => String(amount)))));

  // Pages go on from one period to the next.
  const path = `/v1/costs?from=${FROM}&to=${TO}${named}${more.replace('limit=10000', 'limit=2')}`;
  expect(await api.fetchAllPages('one', path)).toEqual(alone);
});

describe('pages', () => {
  test.each(['amount', '-amount', 'key'])(
    'in the order of %s are the whole, none twice, none left out',
    async (order) => {
      for (const [more, limit] of [
        [{ group_by: ['model', 'line_item'] }, '40'],
        [{ group_by: ['model'], granularity: 'week' }, '25'],
        [{ group_by: ['user_id', 'model'], compare: true }, '17'],
        [{ granularity: 'day' }, '17'],
        [{ group_by: ['modality'] }, '1'],
      ] as const) {
        const question = { ...plain, order, ...more } as Question;
        const rows = await api.fetchAllPages('one', `/v1/costs?${toSearch(question, { limit })}`);
        expect(rows).toEqual(groupFacts(facts, question, amountOf).map((group) => toRow(group, question)));
      }
    },
  );

  test('have the total over all pages', async () => {
    const path = `/v1/costs?${toSearch({ ...plain, group_by: ['model'] }, { limit: '2' })}`;
    const first = await api.fetchApi<Costs>('one', path);
    const second = await api.fetchApi<Costs>('one', `${path}&cursor=${first.body.next_cursor}`);
    expect(second.body.total).toBe(first.body.total);
    // An empty page still has it.
    const [hash, period, , keys] = JSON.parse(Buffer.from(String(first.body.next_cursor), 'base64url').toString());
    const end = Buffer.from(JSON.stringify([hash, period, '-99999999999999999999', keys])).toString('base64url');
    const last = await api.fetchApi<Costs>('one', `${path}&cursor=${end}`);
    expect(last.body).toMatchObject({ data: [], next_cursor: null, total: first.body.total });
  });

  test('belong to one question: the cursor of another one, or a malformed one, is refused', async () => {
    const path = `/v1/costs?${toSearch({ ...plain, group_by: ['model'] }, { limit: '2' })}`;
    const cursor = String((await api.fetchApi<Costs>('one', path)).body.next_cursor);
    const [hash] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const forged = [
      [hash, '2026-01-01', '1', ['a', 'b']],
      [hash, '2026-01-01', 'NaN', ['a']],
      [hash, '2026-13-01', '1', ['a']],
      [hash, '2026-01-01', '1', [1]],
      { hash },
      null,
    ].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url'));
    for (const broken of ['', 'x', cursor.slice(0, -9), '%00', '%F0%9F', ...forged]) {
      const { status, body } = await api.fetchApi('one', `${path}&cursor=${broken}`);
      expect([status, body.errors]).toEqual([
        400,
        [{ pointer: '/query/cursor', message: expect.stringMatching(/same parameters/) }],
      ]);
    }
    for (const other of ['&model=a', '&order=key', '&compare=previous_period', '&granularity=day']) {
      const { status } = await api.fetchApi('one', `${path}${other}&cursor=${cursor}`);
      expect([other, status]).toEqual([other, 400]);
    }
    expect((await api.fetchApi('one', `${path.replace('limit=2', 'limit=5')}&cursor=${cursor}`)).status).toBe(200);
  });
});

test('freshness is that of the selected integrations', async () => {
  const key = { tenant_id: 'fresh', integration_id: 'i-1' };
  for (const integration_id of ['i-1', 'i-2']) {
    await writeIntegration(database.warehouse, integration({ ...key, integration_id, organization_name: 'O' }));
  }
  const version = Date.parse('2026-01-04T00:00:00Z');
  await writeCostDays(database.warehouse, { ...key, version }, [costDay('2026-01-01', []), costDay('2026-01-03', [])]);
  const freshness = async (more: string) => {
    const { body } = await api.fetchApi<Record<string, unknown>>(
      'fresh',
      `/v1/costs?from=2025-12-30&to=2026-01-05${more}`,
    );
    return [body.synced_through, body.missing_days];
  };
  expect(await freshness('&integration_id=i-1')).toEqual(['2026-01-03', ['2026-01-02', '2026-01-04']]);
  const all = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
  expect(await freshness('&integration_id=i-2')).toEqual([null, all]);
  expect(await freshness('&integration_id=i-2&integration_id=i-1')).toEqual([null, all]);
  expect(await freshness('')).toEqual([null, all]);
});

test('a disconnected integration does not hold back synced_through, and its unread days are missing', async () => {
  const key = { tenant_id: 'left', integration_id: 'i-stays' };
  const days = (...those: string[]) => those.map((day) => costDay(`2026-01-0${day}`, [costItem({ amount: '1' })]));
  const left = { ...key, integration_id: 'i-left' };
  const away = integration({ ...left, organization_name: 'O', status: 'disconnected', history_to: '2026-01-03' });
  await writeIntegration(database.warehouse, away);
  await writeCostDays(database.warehouse, { ...left, version: Date.parse('2026-01-05') }, days('2', '4'));
  const about = async (more = '') => {
    const path = `/v1/costs?from=2025-12-30&to=2026-01-08${more}`;
    const { body } = await api.fetchApi<Record<string, unknown>>('left', path);
    const { total, currency, synced_through, missing_days } = body;
    return { total, currency, synced_through, missing_days };
  };
  // Alone: its own newest day, and the days missing before it. Later days were never due.
  const alone = {
    total: '2',
    currency: 'usd',
    synced_through: '2026-01-04',
    missing_days: ['2026-01-01', '2026-01-03'],
  };
  expect(await about()).toEqual(alone);

  await writeIntegration(database.warehouse, integration({ ...key, organization_name: 'O' }));
  const read = days('1', '2', '3', '4', '5', '6', '7');
  await writeCostDays(database.warehouse, { ...key, version: Date.parse('2026-01-08') }, read);
  expect(await about()).toEqual({ ...alone, total: '9', synced_through: '2026-01-07' });
  expect(await about('&integration_id=i-stays')).toMatchObject({ total: '7', missing_days: [] });
  expect(await about('&integration_id=i-left')).toEqual(alone);
});

test('the previous period has its own missing days, and then no change in percent', async () => {
  const key = { tenant_id: 'before', integration_id: 'i-1' };
  const days = (...those: string[]) => those.map((day) => costDay(`2026-01-0${day}`, [costItem({ amount: '1' })]));
  await writeIntegration(database.warehouse, integration({ ...key, organization_name: 'O' }));
  await writeCostDays(database.warehouse, { ...key, version: 1 }, days('1', '2', '3', '4'));
  const before = async (from: string, to: string, more = '') => {
    const path = `/v1/costs?from=${from}&to=${to}&compare=previous_period${more}`;
    const { previous } = (await api.fetchApi<{ previous: Record<string, unknown> }>('before', path)).body;
    return [previous.missing_days, previous.change_percent];
  };
  expect(await before('2026-01-03', '2026-01-05')).toEqual([[], '0.00']);
  // One of the two previous days precedes the history.
  expect(await before('2026-01-02', '2026-01-04')).toEqual([['2025-12-31'], null]);
  expect(await before('2025-12-31', '2026-01-02')).toEqual([['2025-12-29', '2025-12-30'], null]);
  expect(await before('2025-12-30', '2026-01-01')).toEqual([[], null]);

  const day = `DELETE WHERE tenant_id = 'before' AND day = '2026-01-02' SETTINGS mutations_sync = 1`;
  await database.warehouse.command('lose a day', `ALTER TABLE cost_days ${day}`);
  await database.warehouse.command('lose its note', `ALTER TABLE day_reads ${day}`);
  await makeRevision(database.warehouse, 'before');
  expect(await before('2026-01-03', '2026-01-05')).toEqual([['2026-01-02'], null]);
  expect(await before('2026-01-04', '2026-01-05')).toEqual([[], '0.00']);

  // Another integration, now disconnected, has data in the range and none before it.
  const other = integration({ ...key, integration_id: 'i-2', organization_name: 'O', status: 'disconnected' });
  await writeIntegration(database.warehouse, { ...other, history_from: '2026-01-04' });
  expect(await before('2026-01-04', '2026-01-05')).toEqual([['2026-01-03'], null]);
  expect(await before('2026-01-04', '2026-01-05', '&integration_id=i-1')).toEqual([[], '0.00']);
});

test('ranges are half-open, and sums of an empty range are 0, not an error', async () => {
  const day = pick(facts).day;
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  await expectTruth({ ...plain, from: day, to: next });
  const { body } = await api.fetchApi<Costs>('one', '/v1/costs?from=2020-01-01&to=2020-02-01&group_by=model');
  expect(body).toMatchObject({ data: [], total: '0', currency: 'usd', next_cursor: null, missing_days: [] });
  const compared = await api.fetchApi<Costs>('one', '/v1/costs?from=2020-01-01&to=2020-02-01&compare=previous_period');
  expect(compared.body).toMatchObject({ data: [], previous: { total: '0', change: '0', change_percent: null } });
});

test('a change is also given in percent', async () => {
  const key = { tenant_id: 'percent', integration_id: 'i' };
  await writeIntegration(database.warehouse, integration({ ...key, organization_name: 'O' }));
  await writeCostDays(database.warehouse, { ...key, version: 1 }, [
    costDay('2026-01-01', [costItem({ amount: '3' })]),
    costDay('2026-01-02', [costItem({ amount: '1' })]),
    costDay('2026-01-03', [costItem({ amount: '1.00005' })]),
  ]);
  const percent = async (from: string, to: string) =>
    (await api.fetchApi<Costs>('percent', `/v1/costs?from=${from}&to=${to}&compare=previous_period`)).body.previous
      ?.change_percent;
  expect(await percent('2026-01-02', '2026-01-03')).toBe('-66.67');
  expect(await percent('2026-01-03', '2026-01-04')).toBe('0.01');
  expect(await percent('2026-01-04', '2026-01-05')).toBe('-100.00');
});

test.each([
  ['group_by=colour', '/query/group_by/0', /project_id, model/],
  ['group_by=day', '/query/group_by/0', /project_id, model/],
  ['group_by=model,model', '/query/group_by', /not repeat a value/],
  ['group_by=currency,project_id,model,service', '/query/group_by', /at most 3/],
  ['granularity=hour', '/query/granularity', /week/],
  ['from=yesterday', '/query/from', /YYYY-MM-DD/],
  ['from=2026-02-30', '/query/from', /YYYY-MM-DD/],
  ['from=2026-01-02&to=2026-01-02', '/query/to', /half-open/],
  ['from=2020-01-01&to=2026-01-01', '/query/from', /within/],
  ['tenant_id=two', '/query/tenant_id', /^is unknown$/],
  ['colour=red', '/query/colour', /^is unknown$/],
  ['from=2026-01-01&from=2026-01-02', '/query/from', /YYYY-MM-DD/],
  ['order=cost', '/query/order', /-amount/],
  ['limit=0', '/query/limit', /at least 1/],
  ['limit=10001', '/query/limit', /at most 10000/],
  ['limit=1.5', '/query/limit', /whole/],
  ['limit=many', '/query/limit', /whole/],
  ['limit=0x10', '/query/limit', /whole/],
  ['limit=1e3', '/query/limit', /whole/],
  ['limit=-1', '/query/limit', /whole/],
  ['limit=%209', '/query/limit', /whole/],
  ['limit=', '/query/limit', /whole/],
  ['limit=1&limit=2', '/query/limit', /whole/],
  [`limit=${'9'.repeat(400)}`, '/query/limit', /at most 10000/],
  ['compare=last_year', '/query/compare', /previous_period/],
  ['from=2026-01-01&to=2026-03-01&period=2026-01-01', '/query/period/0', /FROM\/TO/],
  ['from=2026-01-01&to=2026-03-01&period=2026-01-05/2026-01-05', '/query/period', /end after its first day/],
  ['from=2026-01-01&to=2026-03-01&period=2026-01-05/2026-03-02', '/query/period', /within from and to/],
  [
    'from=2026-01-01&to=2026-03-01&period=2026-02-01/2026-02-03&period=2026-01-01/2026-02-02',
    '/query/period',
    /overlap/,
  ],
  [
    'from=2026-01-01&to=2026-03-01&period=2026-01-01/2026-02-01&granularity=day',
    '/query/period',
    /without granularity/,
  ],
  ['from=2020-01-01&to=2026-03-01&period=2026-01-01/2026-02-01', '/query/from', /within/],
  ['from=2020-01-01&to=2026-01-01&period=2020-01-01/2023-01-04', '/query/period', /at most 1098 days/],
  [`model=${'a'.repeat(10_000)}`, '/query/model/0', /at most 500/],
  ['model=a&model=a', '/query/model', /not repeat a value/],
  ['model[x]=a', '/query/model[x]', /^is unknown$/],
  ['a/~b=a', '/query/a~1~0b', /^is unknown$/],
  [`${'&'.repeat(1000)}compare=last_year`, '/query/compare', /previous_period/],
  ['integration_id=', '/query/integration_id/0', /empty/],
])('%s is refused with a pointer', async (query, pointer, message) => {
  const { status, body } = await api.fetchApi('one', `/v1/costs?${query}`);
  expect([status, body.code]).toEqual([400, 'invalid_request']);
  expect(body.errors).toEqual([{ pointer, message: expect.stringMatching(message) }]);
});

test('more than 50 values of a filter are refused', async () => {
  const values = Array.from({ length: 51 }, (_, index) => `model=m${index}`).join('&');
  const { status, body } = await api.fetchApi('one', `/v1/costs?${values}`);
  expect([status, body.errors]).toEqual([400, [{ pointer: '/query/model', message: 'must have at most 50 values' }]]);
});

test.each([
  '%00',
  '%ED%A0%80',
  '%FF',
  "'); DROP TABLE cost_days --",
  '{tenant_id: String}',
  '\\',
  '%0A',
  '%F0%9F%98%80',
])('a filter by %s is only text', async (value) => {
  for (const name of ['model', 'line_item', 'currency', 'user_id']) {
    const { status, body } = await api.fetchApi<Costs>(
      'one',
      `/v1/costs?from=2019-01-01&to=2019-01-02&${name}=${value}`,
    );
    expect([status, body.data]).toEqual([200, []]);
  }
});

test('an unknown integration and another tenant’s are not found, alone or beside an own one', async () => {
  for (const ids of ['integration_id=openai-none', 'integration_id=i', 'integration_id=i-a&integration_id=i']) {
    const { status, body } = await api.fetchApi('one', `/v1/costs?${ids}`);
    expect([status, body.code]).toEqual([404, 'not_found']);
  }
});

describe('in two currencies', () => {
  beforeAll(async () => {
    const key = { tenant_id: 'mixed', integration_id: 'i-mixed' };
    await writeIntegration(database.warehouse, integration({ ...key, organization_name: 'Mixed' }));
    await writeCostDays(database.warehouse, { ...key, version: 1 }, [
      costDay('2026-01-01', [
        costItem({ amount: '1', model: 'a' }),
        costItem({ amount: '2', currency: 'eur', model: 'b' }),
      ]),
      costDay('2026-01-02', [costItem({ amount: '4' })]),
    ]);
  });
  const fetchApi = (more: string) => api.fetchApi<Costs>('mixed', `/v1/costs?from=2026-01-01&to=2026-01-02&${more}`);

  test('they are not added up, and the problem says what to do', async () => {
    for (const more of ['', 'group_by=model', 'granularity=day', 'currency=usd&currency=eur']) {
      const { status, body } = await fetchApi(more);
      expect([status, body.code, body.detail]).toEqual([
        409,
        'mixed_currencies',
        expect.stringMatching(/currency=.*group_by=currency/),
      ]);
    }
    const before = await api.fetchApi('mixed', '/v1/costs?from=2026-01-02&to=2026-01-03&compare=previous_period');
    expect(before.status).toBe(409);
  });

  test('one can be selected', async () => {
    expect((await fetchApi('currency=eur')).body).toMatchObject({ currency: 'eur', total: '2' });
    expect((await fetchApi('model=a')).body).toMatchObject({ currency: 'usd', total: '1' });
    expect((await fetchApi('currency=gbp')).body).toMatchObject({ currency: 'gbp', total: '0' });
    expect((await fetchApi('currency=gbp&currency=chf')).body).toMatchObject({ currency: null, total: '0' });
    expect((await fetchApi('model=none')).body).toMatchObject({ currency: 'usd', total: '0' });
  });

  test('they can be grouped by currency, without a total', async () => {
    const { body } = await fetchApi('group_by=currency&compare=previous_period');
    expect(body).toMatchObject({
      currency: null,
      total: null,
      previous: { total: null, change: null, change_percent: null },
      data: [
        { currency: 'eur', amount: '2' },
        { currency: 'usd', amount: '1' },
      ],
    });
  });
});

test('another tenant’s costs are 0', async () => {
  expect((await api.fetchApi<Costs>('two', `/v1/costs?from=${FROM}&to=${TO}&group_by=model`)).body).toMatchObject({
    data: [],
    total: '0',
    missing_days: [],
    synced_through: null,
  });
});
