import { Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { findUnknown } from '#clickhouse/alerts/find-unknown.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { CostItem } from '#clickhouse/day-rows/cost-days.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { addDays } from '#dev/simulators/openai/arithmetic/day.ts';
import { formatExact, parseExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { createLedger } from '#dev/simulators/openai/bill/ledger.ts';
import type { TruthFact } from '#dev/simulators/openai/bill/truth-fact.ts';
import { busyProjects, createOrganization } from '#dev/simulators/openai/organization/organization.ts';
import { createTruth } from '#dev/simulators/openai/truth.ts';
import { createUsageLedger } from '#dev/simulators/openai/usage/usage-ledger.ts';
import { billed, type CostDay, costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';

let database: Database;
let temporal: Connection;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), Connection.connect(inject('temporal'))]);
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.close();
  await database.drop();
});

/** One integration of a tenant. Its days are read an hour into `today`, so that only today is incomplete. */
async function connect(tenant_id: string, integration_id: string, today: string, days: CostDay[], said = {}) {
  const key = { tenant_id, integration_id };
  await writeIntegration(database.warehouse, {
    ...key,
    organization_id: `org-${integration_id}`,
    organization_name: 'One',
    status: 'connected',
    problem: '',
    credential_id: 'c',
    connected_at: `${today}T00:00:00Z`,
    history_from: addDays(today, -364),
    history_to: today,
    ...said,
  });
  for (let at = 0; at < days.length; at += 100) {
    const target = { ...key, version: Date.parse(today) + 3_600_000 };
    await writeCostDays(database.warehouse, target, days.slice(at, at + 100));
  }
}

/** With every part, as it is unless some are excluded. */
type WholeSummary = { [part in keyof CostsSummary]-?: Exclude<CostsSummary[part], undefined> };

/** A tenant's summary on a day. */
async function fetchApi(tenantId: string, today: string, query = '', warehouse = database.warehouse) {
  // Only the date is mocked, not the timers.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${today}T12:00:00Z`) });
  const { url, headers, close } = await serveApi(warehouse, temporal, tenantId);
  closers.push(close);
  const response = await fetch(`${url}/v1/costs/summary${query}`, { headers });
  return {
    status: response.status,
    body: (await response.json()) as WholeSummary & { code: string; detail: string },
  };
}

const itemOf = ({ project_id, project_name, line_item, amount, quantity, quantity_unit }: TruthFact): CostItem =>
  billed(line_item, amount, quantity, quantity_unit ?? '', {
    project_id: project_id ?? '',
    project_name: project_name ?? '',
  });

/** The days of a range, each with these facts. */
function daysOf(from: string, to: string, items: CostItem[]): CostDay[] {
  const days: CostDay[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(costDay(day, items, '1'));
  return days;
}
const oneDollar = [costItem({ amount: '1', model: 'a', project_id: 'p', project_name: 'P' })];

describe('with a year of history', () => {
  const today = '2026-06-18';
  const organization = createOrganization('acme', 'Acme', busyProjects);
  const spend = { seed: 'acme', organization, factsPerDay: 40, longDecimals: false };
  const ledger = createLedger(spend, () => today);
  const truth = createTruth(ledger, createUsageLedger(spend, ledger));
  const factsOf = (from: string, to: string) => truth.days(from, to).flatMap(({ facts }) => facts);
  const sum = (facts: TruthFact[]) => facts.reduce((total, { amount }) => total + parseExact(amount), 0n);
  let body: WholeSummary;
  beforeAll(async () => {
    const days = truth
      .days('2025-06-19', addDays(today, 1))
      .map(({ day, facts, total }) => costDay(day, facts.map(itemOf), total));
    await connect('year', 'i-year', today, days);
    ({ body } = await fetchApi('year', today));
  });

  test('months equal the simulator’s sums; today counts in the month and not in the comparison', () => {
    const [mtd, before] = [sum(factsOf('2026-06-01', today)), sum(factsOf('2026-05-01', '2026-05-18'))];
    expect(body).toMatchObject({
      currency: 'usd',
      today,
      this_month: { from: '2026-06-01', to: '2026-06-19', amount: truth.total('2026-06-01', '2026-06-19') },
      last_month: { from: '2026-05-01', to: '2026-06-01', amount: truth.total('2026-05-01', '2026-06-01') },
      month_to_date: { from: '2026-06-01', to: today, amount: formatExact(mtd) },
      last_month_to_date: { from: '2026-05-01', to: '2026-05-18', amount: formatExact(before) },
      change: formatExact(mtd - before),
      synced_through: '2026-06-17',
      missing_days: [],
    });
    expect(Number(body.change_percent)).toBeCloseTo(Number(((mtd - before) * 1_000_000n) / before) / 10_000, 2);
    expect(body.change_percent).toMatch(/^-?\d+\.\d\d$/);
    // A line that adds up: each day of both months that has costs, once.
    const spending = truth.days('2026-05-01', '2026-06-19').filter(({ facts }) => facts.length > 0);
    expect(body.days).toEqual(spending.map(({ day }) => ({ day, amount: truth.total(day, addDays(day, 1)) })));
  });

  test.each(['project_id', 'model'] as const)(
    'the five largest changes by %s are those of the simulator',
    (dimension) => {
      const changes = new Map<string, bigint>();
      const add = (facts: TruthFact[], sign: bigint) => {
        for (const fact of facts) {
          const value = itemOf(fact)[dimension];
          changes.set(value, (changes.get(value) ?? 0n) + sign * parseExact(fact.amount));
        }
      };
      add(factsOf('2026-06-01', today), 1n);
      add(factsOf('2026-05-01', '2026-05-18'), -1n);
      const size = (change: bigint) => (change < 0n ? -change : change);
      const most = [...changes].sort(([, a], [, b]) => (size(a) < size(b) ? 1 : -1)).slice(0, 5);
      const movers = body.top_movers.filter((mover) => mover.dimension === dimension);
      expect(movers.map(({ value, change }) => [value, change])).toEqual(
        most.map(([value, change]) => [value, formatExact(change)]),
      );
      for (const { amount, previous_amount, change } of movers) {
        expect(formatExact(parseExact(amount) - parseExact(previous_amount))).toBe(change);
      }
      const nameOf = new Map([...organization.projects.values()].map(({ id, name }) => [id, name]));
      expect(movers.map(({ name }) => name)).toEqual(most.map(([value]) => nameOf.get(value) ?? value));
    },
  );

  test('unit costs are those of the view unit_costs, highest cost first', async () => {
    const rows = await database.warehouse.query({
      name: 'unit costs',
      sql: `SELECT model, token_type, modality, service_tier, qualifier, unit, sum(unit_costs.amount) AS amount,
              sum(unit_costs.quantity) AS quantity
            FROM unit_costs WHERE tenant_id = 'year' AND day >= '2026-05-20' AND model != ''
            GROUP BY ALL ORDER BY amount DESC`,
      row: z.object({ model: z.string(), amount: z.string(), quantity: z.string() }).loose(),
    });
    expect(rows.length).toBeGreaterThan(20);
    expect(body.unit_costs.map(({ price: _, ...rest }) => rest)).toEqual(rows.slice(0, 50));
    const tokens = body.unit_costs.find(({ unit }) => unit === '1000000_tokens');
    // Truncated after 18 decimals.
    const price = (parseExact(tokens?.amount ?? '') * 10n ** 24n) / parseExact(tokens?.quantity ?? '');
    expect(tokens?.price).toBe(formatExact(price * 10n ** 21n));
  });

  test.each([
    ['model', ['gpt-5.4-2026-03-05', 'gpt-4o-mini-2024-07-18']],
    ['project_id', ['']],
    ['token_type', ['cached_input']],
    ['line_item', ['assistants api | code interpreter']],
  ] as const)('the filter %s is of everything but the reconciliation', async (name, values) => {
    const query = `?${values.map((value) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
    const filtered = (await fetchApi('year', today, query)).body;
    const those = (from: string, to: string) =>
      factsOf(from, to).filter((fact) => (values as readonly string[]).includes(itemOf(fact)[name]));
    const months = [those('2026-06-01', '2026-06-19'), those('2026-05-01', '2026-06-01')] as const;
    expect([filtered.this_month.amount, filtered.last_month.amount]).toEqual(
      months.map((each) => formatExact(sum(each))),
    );
    const mtd = sum(those('2026-06-01', today)) - sum(those('2026-05-01', '2026-05-18'));
    expect(filtered.change).toBe(formatExact(mtd));
    const priced = those('2026-05-20', '2026-06-19').filter(({ amount }) => parseExact(amount) > 0n);
    const models = new Set(priced.map((fact) => itemOf(fact).model));
    for (const { model } of filtered.unit_costs) expect(models).toContain(model);
    if (name === 'model')
      expect(filtered.top_movers.map(({ value }) => value)).toEqual(expect.arrayContaining([...models]));
    expect(Number(filtered.forecast?.amount)).toBeGreaterThanOrEqual(Number(filtered.month_to_date.amount) - 0.01);
    expect(filtered.reconciliation).toEqual(body.reconciliation);
  });

  test('the complete days reconcile', () => {
    const total = truth.total('2026-05-01', today);
    expect(body.reconciliation).toMatchObject({ ours: total, theirs: total, difference: '0', agrees: true });
  });

  test('the forecast is close, with its error', () => {
    // The simulator at a later day, when the month is over.
    const later = createLedger(spend, () => '2026-07-02');
    const month = createTruth(later, createUsageLedger(spend, later)).total('2026-06-01', '2026-07-01');
    const { amount, low, high, confidence } = body.forecast ?? {};
    expect(Math.abs(Number(amount) / Number(month) - 1)).toBeLessThan(0.15);
    expect(Number(low)).toBeLessThan(Number(amount));
    expect(Number(high)).toBeGreaterThan(Number(amount));
    expect(confidence).toBe(0.8);
  });
});

describe('with little history', () => {
  const nothing = { amount: '0' };

  test('no integration: zeros, no forecast, nothing to reconcile', async () => {
    const { status, body } = await fetchApi('nobody', '2026-03-15');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      currency: 'usd',
      this_month: { from: '2026-03-01', to: '2026-03-16', ...nothing },
      last_month: { from: '2026-02-01', to: '2026-03-01', ...nothing },
      month_to_date: { from: '2026-03-01', to: '2026-03-01', ...nothing },
      last_month_to_date: { from: '2026-02-01', to: '2026-02-01', ...nothing },
      change: '0',
      change_percent: null,
      forecast: null,
      top_movers: [],
      unit_costs: [],
      synced_through: null,
      missing_days: [],
      reconciliation: { ours: '0', theirs: '0', difference: '0', agrees: null },
    });
  });

  test('parts that a caller excludes are absent, and the others stay', async () => {
    const { top_movers, unit_costs, reconciliation, ...rest } = (await fetchApi('nobody', '2026-03-15')).body;
    expect([top_movers, unit_costs, reconciliation]).not.toContain(undefined);
    const short = await fetchApi('nobody', '2026-03-15', '?exclude=top_movers,unit_costs&exclude=reconciliation');
    expect(short.body).toEqual(rest);
    expect((await fetchApi('nobody', '2026-03-15', '?exclude=forecast')).status).toBe(400);
  });

  test('an integration that has read nothing yet has missing days', async () => {
    await connect('begins', 'i-begins', '2026-03-15', []);
    const { body } = await fetchApi('begins', '2026-03-15');
    expect(body).toMatchObject({ forecast: null, synced_through: null, this_month: nothing });
    expect(body.missing_days.slice(0, 2)).toEqual(['2026-02-01', '2026-02-02']);
  });

  test('a single day', async () => {
    await connect('single', 'i-single', '2026-03-15', daysOf('2026-03-14', '2026-03-15', oneDollar));
    const { body } = await fetchApi('single', '2026-03-15');
    expect(body).toMatchObject({
      month_to_date: { from: '2026-03-01', to: '2026-03-15', amount: '1' },
      last_month_to_date: { from: '2026-02-01', to: '2026-02-15', ...nothing },
      change: '1',
      change_percent: null,
      forecast: null,
      reconciliation: { ours: '1', theirs: '1', agrees: true },
    });
    expect(body.top_movers).toEqual([
      { dimension: 'project_id', value: 'p', name: 'P', amount: '1', previous_amount: '0', change: '1' },
      { dimension: 'model', value: 'a', name: 'a', amount: '1', previous_amount: '0', change: '1' },
    ]);
  });

  test('fourteen complete days give a forecast without an interval', async () => {
    await connect('fortnight', 'i-fortnight', '2026-03-15', daysOf('2026-03-01', '2026-03-15', oneDollar));
    expect((await fetchApi('fortnight', '2026-03-15')).body.forecast).toMatchObject({ amount: '31.00', low: null });
  });
});

test('on the first of a month nothing is compared, and the whole month is forecast', async () => {
  await connect('first', 'i-first', '2026-03-01', daysOf('2025-12-01', '2026-03-02', oneDollar));
  expect((await fetchApi('first', '2026-03-01')).body).toMatchObject({
    this_month: { from: '2026-03-01', to: '2026-03-02', amount: '1' },
    last_month: { amount: '28' },
    month_to_date: { from: '2026-03-01', to: '2026-03-01', amount: '0' },
    last_month_to_date: { from: '2026-02-01', to: '2026-02-01', amount: '0' },
    change: '0',
    change_percent: null,
    top_movers: [],
    forecast: { amount: '31.00', low: '31.00', high: '31.00' },
  });
});

test('a longer month is compared with the whole shorter one', async () => {
  await connect('longer', 'i-longer', '2026-03-31', daysOf('2026-01-01', '2026-04-01', oneDollar));
  expect((await fetchApi('longer', '2026-03-31')).body).toMatchObject({
    month_to_date: { from: '2026-03-01', to: '2026-03-31', amount: '30' },
    last_month_to_date: { from: '2026-02-01', to: '2026-03-01', amount: '28' },
    change_percent: '7.14',
    forecast: { amount: '31.00' },
  });
});

test('credits make totals negative, and changes have the right sign', async () => {
  const [credits, smaller] = ['-3', '-1.005'].map((amount) => [costItem({ amount, project_id: 'p' })]);
  await connect('credited', 'i-credited', '2026-05-11', [
    ...daysOf('2026-04-01', '2026-05-01', credits ?? []),
    ...daysOf('2026-05-01', '2026-05-11', smaller ?? []),
  ]);
  expect((await fetchApi('credited', '2026-05-11')).body).toMatchObject({
    last_month: { amount: '-90' },
    month_to_date: { amount: '-10.05' },
    last_month_to_date: { amount: '-30' },
    change: '19.95',
    change_percent: '66.50',
    forecast: { low: null },
    reconciliation: { agrees: false },
  });
});

test('credits and one-off charges are in the month to date, and not in the forecast', async () => {
  const hundred = billed('gpt-5, input', '100', '1000000', 'tokens');
  const searches = billed('web search tool calls', '10'); // daily, without a quantity
  const odd: Record<string, CostItem> = {
    '2026-06-01': billed('prepaid bundle', '20000'),
    '2026-06-08': billed('setup fee', '250'),
    '2026-06-09': billed('credit adjustment', '-5000'),
    '2026-06-10': billed('setup fee', '90'),
  };
  const days = daysOf('2026-04-15', '2026-06-11', [hundred, searches]).map((each) =>
    costDay(each.day, [...each.items, ...(odd[each.day] ? [odd[each.day] as CostItem] : [])]),
  );
  await connect('one-off', 'i-one-off', '2026-06-10', days);
  // Ten days of 110 with today, 15,340 besides, and 20 days to come.
  expect((await fetchApi('one-off', '2026-06-10')).body).toMatchObject({
    this_month: { amount: '16440' },
    forecast: { amount: '18640.00' },
  });
});

test('a disconnected integration counts in the months, and not in the forecast', async () => {
  const [from, to] = ['2026-03-01', '2026-04-29'];
  await connect('two', 'i-stays', '2026-04-29', daysOf(from, to, oneDollar));
  await connect('two', 'i-left', '2026-04-29', daysOf(from, to, oneDollar), { status: 'disconnected' });
  const { body } = await fetchApi('two', '2026-04-29');
  expect(body).toMatchObject({ month_to_date: { amount: '56' }, forecast: { amount: '58.00' } });
  const alone = await fetchApi('two', '2026-04-29', '?integration_id=i-stays');
  expect(alone.body).toMatchObject({ month_to_date: { amount: '28' }, forecast: { amount: '30.00' } });
});

test('a day is complete once all integrations have read it', async () => {
  await connect('late', 'i-swift', '2026-04-11', daysOf('2026-03-01', '2026-04-11', oneDollar));
  await connect('late', 'i-slow', '2026-04-11', daysOf('2026-03-01', '2026-04-06', oneDollar));
  expect((await fetchApi('late', '2026-04-11')).body).toMatchObject({
    synced_through: '2026-04-05',
    this_month: { amount: '15' },
    month_to_date: { to: '2026-04-06', amount: '10' },
    last_month_to_date: { to: '2026-03-06', amount: '10' },
    forecast: { amount: '60.00' },
    missing_days: expect.arrayContaining(['2026-04-06', '2026-04-10']),
  });
});

test('days that are completed while a summary is read move the compared ranges with them', async () => {
  const key = { tenant_id: 'moving', integration_id: 'i-moving' };
  await connect(key.tenant_id, key.integration_id, '2026-04-11', daysOf('2026-03-01', '2026-04-06', oneDollar));
  const statements: string[] = [];
  const warehouse: Warehouse = {
    ...database.warehouse,
    async query(question) {
      statements.push(question.name);
      const rows = await database.warehouse.query(question);
      const days = daysOf('2026-04-06', '2026-04-11', oneDollar);
      if (question.name === 'freshness')
        await writeCostDays(database.warehouse, { ...key, version: Date.parse('2026-04-11T06:00:00Z') }, days);
      return rows;
    },
  };
  expect((await fetchApi('moving', '2026-04-11', '', warehouse)).body).toMatchObject({
    synced_through: '2026-04-10',
    month_to_date: { to: '2026-04-11', amount: '10' },
    last_month_to_date: { to: '2026-03-11', amount: '10' },
  });
  expect(statements).toEqual(['revision', 'freshness', 'summary', 'summary']);
});

test('a summary is of one state of the data while they are written', async () => {
  const [today, first] = ['2026-04-30', '2026-04-18'];
  const key = { tenant_id: 'written', integration_id: 'i-written' };
  await connect(key.tenant_id, key.integration_id, today, [], { history_from: first, history_to: first });
  let isWriting = true;
  const writing = (async () => {
    for (let index = 0; index < 12; index += 1) {
      const target = { ...key, version: Date.parse(today) + index };
      await writeCostDays(database.warehouse, target, [costDay(addDays(first, index), oneDollar, '1')]);
    }
    isWriting = false;
  })();
  const bodies: WholeSummary[] = [];
  while (isWriting) bodies.push((await fetchApi('written', today)).body);
  await writing;
  const { body: last } = await fetchApi('written', today);
  expect(last).toMatchObject({ this_month: { amount: '12' }, missing_days: [today] });
  for (const body of [...bodies, last]) {
    const days = Number(body.this_month.amount);
    expect(body.missing_days).toHaveLength(13 - days);
    expect(body.days).toHaveLength(days);
    expect(Number(body.reconciliation.ours)).toBe(days);
    expect(Number(body.not_understood.all_amount)).toBe(days);
    // They compare ranges up to a day that was looked up just before.
    const moved = Number(body.month_to_date.amount);
    expect(moved).toBeLessThanOrEqual(days);
    expect(body.top_movers.map(({ amount }) => Number(amount))).toEqual(moved === 0 ? [] : [moved, moved]);
  }
});

test('a project has its listed name', async () => {
  await connect('named', 'i-named', '2026-03-15', daysOf('2026-03-14', '2026-03-15', oneDollar));
  const target = { tenant_id: 'named', integration_id: 'i-named', version: 1 };
  await createNameWriter(database.warehouse, target).write([{ kind: 'project', id: 'p', name: 'Listed' }]);
  expect((await fetchApi('named', '2026-03-15')).body.top_movers[0]).toMatchObject({ value: 'p', name: 'Listed' });
});

test('several currencies are not added up, and the problem says what to do', async () => {
  const items = [costItem({ amount: '1' }), costItem({ amount: '1', currency: 'eur' })];
  await connect('mixed', 'i-mixed', '2026-03-15', [costDay('2026-03-14', items)]);
  const { status, body } = await fetchApi('mixed', '2026-03-15');
  expect([status, body.code, body.detail]).toEqual([409, 'mixed_currencies', expect.stringContaining('currency=')]);
  const euros = await fetchApi('mixed', '2026-03-15', '?currency=eur');
  expect(euros.body).toMatchObject({ currency: 'eur', this_month: { amount: '1' } });
});

test('an unknown integration and another tenant’s are not found', async () => {
  await connect('owner', 'i-owned', '2026-03-15', daysOf('2026-03-14', '2026-03-15', oneDollar));
  const results = [
    await fetchApi('owner', '2026-03-15', '?integration_id=i-none'),
    await fetchApi('owner', '2026-03-15', '?integration_id=i-owned&integration_id=i-none'),
    await fetchApi('stranger', '2026-03-15', '?integration_id=i-owned'),
  ];
  expect(results.map(({ status, body }) => [status, body.code])).toEqual(results.map(() => [404, 'not_found']));
  expect((await fetchApi('stranger', '2026-03-15')).body).toMatchObject({
    this_month: { amount: '0' },
    top_movers: [],
  });
});

const AS_THE_PAGE = '?exclude=top_movers&exclude=unit_costs&exclude=reconciliation';

test('what is not understood is counted in any part, and refunds of it do not cancel the rest', async () => {
  const items = [
    costItem({ line_item: 'gpt-5, input', token_type: 'input', amount: '90' }),
    costItem({ line_item: 'new thing', token_type: 'other', amount: '1' }),
    costItem({ line_item: 'newer thing', token_type: 'other', amount: '-1' }),
    costItem({ line_item: 'gpt-5, input, zero-g', token_type: 'input', unknown_qualifier: 'zero-g', amount: '8' }),
  ];
  await connect('unknown', 'i-unknown', '2026-03-15', daysOf('2026-03-14', '2026-03-15', items));
  // The page leaves parts out, and then the statement is another one.
  for (const query of ['', AS_THE_PAGE]) {
    expect((await fetchApi('unknown', '2026-03-15', query)).body.not_understood).toEqual({
      amount: '10',
      unclassified_amount: '2',
      all_amount: '100',
      line_items: ['gpt-5, input, zero-g', 'new thing', 'newer thing'],
    });
  }
  const key = { tenant_id: 'unknown', integration_id: 'i-unknown' };
  expect(await findUnknown(database.warehouse, '2026-03-15', key)).toEqual([
    expect.objectContaining({ amount: '10', unclassified: '2', total: '100' }),
  ]);
  const understood = (await fetchApi('unknown', '2026-03-15', '?line_item=gpt-5%2C+input')).body;
  expect(understood.not_understood).toMatchObject({ amount: '0', unclassified_amount: '0', line_items: [] });
});

test('rare values are those of the organization, whatever else is filtered by', async () => {
  const days = (said: object) => daysOf('2026-03-13', '2026-03-15', [costItem({ ...said, amount: '1' })]);
  const common = costItem({ line_item: 'gpt-5, input', amount: '1' });
  await connect('rare', 'i-rare', '2026-03-15', [
    ...days({ line_item: 'gpt-5, input, priority', service_tier: 'priority', api_source: 'agents_api' }),
    costDay('2026-03-12', [common], '1'),
  ]);
  await connect('rare', 'i-flex', '2026-03-15', days({ line_item: 'gpt-5, input, flex', service_tier: 'flex' }));
  const rare = async (query: string) => (await fetchApi('rare', '2026-03-15', query)).body.rare_dimensions;
  const api_source = ['', 'agents_api'];
  for (const query of ['', AS_THE_PAGE]) {
    expect(await rare(query)).toEqual({ api_source, service_tier: ['', 'flex', 'priority'] });
  }
  const filtered = '?line_item=gpt-5%2C+input';
  expect(await rare(filtered)).toEqual({ api_source, service_tier: ['', 'flex', 'priority'] });
  expect(await rare(`${filtered}&integration_id=i-rare`)).toEqual({ api_source, service_tier: ['', 'priority'] });
});

test('without costs, the currency is that of the filter', async () => {
  expect((await fetchApi('nobody', '2026-03-15', '?currency=jpy')).body.currency).toBe('jpy');
});
