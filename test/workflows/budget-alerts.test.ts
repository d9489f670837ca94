import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordAlert } from '#activities/alerts/record-alert.ts';
import { evaluateBudgets } from '#activities/budgets/evaluate-budgets.ts';
import { writeBudget } from '#clickhouse/budgets/budgets.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { budgetAlertOf } from '#domain/budgets/alert.ts';
import { periodAround } from '#domain/budgets/budget.ts';
import { addDays, monthOf } from '#domain/day.ts';
import { raiseAlert } from '#workflows/contract/commands.ts';
import { raiseAlertId } from '#workflows/contract/ids.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { noting } from '../support/noting.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

// A budget of a year: whatever day it is, the days that are read again are most of its costs.
const HISTORY_DAYS = 10;

type Budget = { id: string; spent: string; changed_at: string };
type Alert = {
  id: string;
  budget: { name: string };
  spent: string;
  is_below: boolean;
  history: { event: string; spent: string }[];
};

let stack: Stack;
let key: { tenant_id: string; integration_id: string };
const statements: string[] = [];
beforeAll(async () => {
  stack = await startStack({
    impatient: true,
    historyDays: HISTORY_DAYS,
    simulator: { factsPerDay: 5 },
    warehouseOfWorker: (warehouse) => noting(warehouse, statements),
  });
  key = { tenant_id: stack.tenantId, integration_id: await stack.connect(stack.simulator.keys.admin) };
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

const alerts = async (query = '') => (await stack.api<{ data: Alert[] }>(`/v1/alerts${query}`)).body.data;
const budgetOf = (amount: string) => ({
  name: 'All of it',
  amount,
  period: 'year',
  thresholds: [50, 80].map((percent) => ({ of: 'actual', percent })),
});
function sync() {
  statements.length = 0;
  return syncAlso();
}
/** Statements before it stay noted. */
async function syncAlso() {
  await stack.syncDaily(key.integration_id);
  await stack.untilQuiet();
}
const isOf = (...names: string[]) => statements.filter((name) => names.includes(name));

test('a tenant without budgets costs a sync one statement more', async () => {
  await sync();
  expect(isOf('budgets', 'known alerts', 'budget spend')).toEqual(['budgets']);
});

test('an alert is raised once, falls below and rises again in its history, and starts anew with its budget', async () => {
  const created = await stack.api<Budget>('/v1/budgets', budgetOf('1000000000'));
  const { id } = created.body;
  // 60 % of it is spent.
  const amount = (Number(created.body.spent) / 0.6).toFixed(2);
  await stack.untilQuiet();
  statements.length = 0;
  const { spent, changed_at } = (await stack.api<Budget>(`/v1/budgets/${id}`, budgetOf(amount), 'PUT')).body;
  // A changed budget is judged at once. So do three workers and a sync.
  const context = { warehouse: stack.warehouse, temporal: stack.temporal };
  await Promise.all([syncAlso(), ...[1, 2, 3].map(() => evaluateBudgets(context, key))]);
  // So does one that does not know the record, once the workflow of the alert has ended.
  const budget = { budget_id: id, revision: Date.parse(changed_at) };
  const late = budgetAlertOf(budget, periodAround(TODAY, 'year'), { of: 'actual', percent: 50 });
  await raiseAlert(stack.temporal, { tenant_id: key.tenant_id, is_quiet: false, ...late });
  await stack.untilQuiet();
  // Nor does one that runs once Temporal has forgotten that workflow.
  const recorded = { tenant_id: key.tenant_id, is_quiet: false, raised_at: Date.now(), ...late };
  expect(await recordAlert(context, recorded)).toBe(false);
  expect(isOf('insert into alert_events')).toHaveLength(1);
  const [alert, ...others] = await alerts();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    ...{
      kind: 'budget',
      integration_id: null,
      day: TODAY,
      filters: {},
      title: 'All of it: 50 % of the budget is spent',
    },
    ...{ budget: { id, name: 'All of it' }, threshold: { of: 'actual', percent: 50 }, spent, amount },
    ...{ is_quiet: false, is_below: false, acknowledged_at: null, acknowledged_by: null },
    history: [{ event: 'raised', spent }],
  });

  await sync();
  expect(await alerts()).toEqual([alert]);
  expect(isOf('insert into alert_events')).toEqual([]);

  const facts = stack.simulator.truth.days(addDays(TODAY, -7), addDays(TODAY, 1));
  for (const { day } of facts) stack.simulator.restate(day, { kind: 'clear' });
  await sync();
  await Promise.all([1, 2].map(() => evaluateBudgets(context, key)));
  const [below] = await alerts();
  expect(below).toMatchObject({ ...alert, is_below: true, history: [{ event: 'raised' }, { event: 'fell_below' }] });
  expect(Number(below?.history[1]?.spent)).toBeLessThan(Number(spent) * 0.85);

  for (const day of facts) {
    for (const fact of day.facts) stack.simulator.restate(day.day, { kind: 'add', fact });
  }
  await sync();
  const events = async () => (await alerts()).map(({ history }) => history.map(({ event }) => event));
  expect(await events()).toEqual([['raised', 'fell_below', 'rose_again']]);

  // Both thresholds at once: the worse one is told.
  await stack.api(`/v1/budgets/${id}`, budgetOf(Number(spent).toFixed(2)), 'PUT');
  await sync();
  const anew = (await alerts()) as (Alert & { is_quiet: boolean; threshold: { percent: number } })[];
  expect(anew.map(({ threshold, is_quiet }) => [threshold.percent, is_quiet]).sort()).toEqual([
    [50, false],
    [50, true],
    [80, false],
  ]);
});

test.each([
  ['of a budget that is gone', { of: 'actual', percent: 50 }, false],
  ['of a threshold that is not reached any more', { of: 'actual', percent: 1000 }, false],
  ['that was to be quiet, and is the worst now', { of: 'actual', percent: 90 }, true],
] as const)('an alert %s is raised once there is something to tell', async (what, threshold, is_quiet) => {
  const { id, changed_at } = (await stack.api<{ data: Budget[] }>('/v1/budgets')).body.data[0] as Budget;
  const budget = { budget_id: what.endsWith('gone') ? 'gone' : id, revision: Date.parse(changed_at) };
  const subject = budgetAlertOf(budget, periodAround(TODAY, 'year'), threshold);
  const alert = { tenant_id: key.tenant_id, is_quiet, ...subject };
  const runs = new Set<string>();
  for (const _ of [1, 2]) {
    await raiseAlert(stack.temporal, alert);
    const handle = stack.temporal.workflow.getHandle(raiseAlertId(alert));
    await expect(handle.result()).rejects.toThrow();
    runs.add((await handle.describe()).runId);
  }
  expect(runs.size).toBe(2);
});

test('a month whose days come long after its end is judged, and its alert says what most is for', async () => {
  const { tenantId: tenant_id, warehouse, temporal } = stack;
  const late = { tenant_id, integration_id: 'late' };
  const month = monthOf(addDays(TODAY, -60));
  const before = addDays(month.from, -1);
  const history = { connected_at: `${before}T00:00:00Z`, history_from: month.from, history_to: TODAY };
  await writeIntegration(warehouse, integration({ ...late, ...history }));
  const of = { filters: { integration_id: ['late'] }, period: 'month', currency: 'usd', amount: '10' } as const;
  const thresholds = [{ of: 'actual' as const, percent: 100 }];
  for (const name of ['Also late', 'Late']) {
    const budget = { budget_id: name.replace(' ', '-'), name, revision: Date.parse(before) };
    await writeBudget(warehouse, tenant_id, { ...budget, ...of, thresholds });
  }
  const context = { warehouse, temporal };
  expect(await evaluateBudgets(context, late)).toBe(0);

  const about = { project_id: 'proj_1', project_name: 'Research' };
  const day = costDay(addDays(month.from, 3), [billed('gpt-5, output', '12', null, '', about)], '12');
  await writeCostDays(warehouse, { ...late, version: Date.now() }, [day]);
  // One whose costs cannot be read holds up no other.
  let isAway = true;
  const broken: typeof warehouse = {
    ...warehouse,
    async query(query) {
      if (query.name !== 'budget spend' || !isAway) return warehouse.query(query);
      isAway = query.params?.from !== month.from;
      throw new Error('away');
    },
  };
  await expect(evaluateBudgets({ warehouse: broken, temporal }, late)).rejects.toThrow('away');
  await stack.untilQuiet();
  expect((await alerts('?kind=budget')).filter(({ budget }) => /late/i.test(budget.name))).toHaveLength(1);
  expect(await evaluateBudgets(context, late)).toBe(1);
  await stack.untilQuiet();
  expect(await evaluateBudgets(context, late)).toBe(0);
  const text = expect.stringMatching(/: 120\.00 %\. Most is for gpt-5, output in Research \(USD 12\.00\)\.$/);
  expect(await alerts('?budget_id=Late')).toMatchObject([{ from: month.from, spent: '12', text }]);
  await writeIntegration(warehouse, integration({ ...late, ...history, status: 'disconnected' }));
});

test('an alert is acknowledged once, and found by that', async () => {
  const [{ id = '' } = {}] = await alerts();
  const path = `/v1/alerts/${id}/acknowledgements`;
  const first = await stack.api(path, undefined, 'POST');
  expect(first).toMatchObject({ status: 201, body: { id, acknowledged_by: 'local', is_below: false } });
  expect(await stack.api(path, undefined, 'POST')).toEqual(first);
  expect((await alerts('?acknowledged=true')).map((alert) => alert.id)).toEqual([id]);
  expect((await alerts('?acknowledged=false')).map((alert) => alert.id)).not.toContain(id);
  expect(await alerts('?budget_id=budget-of-nobody')).toEqual([]);
  expect(await alerts('?kind=anomaly&kind=limit')).toEqual([]);
  expect((await alerts('?kind=budget')).map((alert) => alert.id)).toContain(id);
  expect((await stack.api('/v1/alerts/nothing/acknowledgements', undefined, 'POST')).status).toBe(404);
  expect((await stack.api(`/v1/alerts/${id}`)).body).toEqual({ ...first.body, deliveries: [] });
});

test('a budget is judged when it is created', async () => {
  const { id } = (await stack.api<Budget>('/v1/budgets', budgetOf('0.01'))).body;
  // Where Temporal is busy, the judgement begins after the response.
  await expect
    .poll(async () => (await alerts(`?budget_id=${id}`)).map(({ history }) => history.length))
    .toEqual([1, 1]);
});
