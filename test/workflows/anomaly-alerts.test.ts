import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluateAnomalies } from '#activities/anomalies/evaluate-anomalies.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { TruthFact } from '#dev/simulators/openai/bill/truth-fact.ts';
import { addDays } from '#domain/day.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const [YESTERDAY, BEFORE, LONG_AGO] = [addDays(TODAY, -1), addDays(TODAY, -3), addDays(TODAY, -20)];

/** Fails the first statement of each name, as if its worker were killed there. */
function failingOnce(warehouse: Warehouse, names: string[]): Warehouse {
  const failOnce = (name: string) => {
    const at = names.indexOf(name);
    if (at >= 0) throw new Error(`${names.splice(at, 1)[0]} was killed`);
  };
  return {
    ...warehouse,
    async query(query) {
      failOnce(query.name);
      return warehouse.query(query);
    },
    async insert(table, rows) {
      failOnce(table);
      return warehouse.insert(table, rows);
    },
  };
}

let stack: Stack;
let key: { tenant_id: string; integration_id: string };
let stopSecond: () => Promise<void>;
beforeAll(async () => {
  stack = await startStack({
    impatient: true,
    historyDays: 75,
    simulator: { factsPerDay: 8 },
    warehouseOfWorker: (warehouse) => failingOnce(warehouse, ['cost series', 'cost changes', 'alert_events']),
  });
  stopSecond = await stack.startWorker();
  key = { tenant_id: stack.tenantId, integration_id: await stack.connect(stack.simulator.keys.admin) };
  await stack.untilQuiet();
});
afterAll(async () => {
  await stopSecond();
  await stack.stop();
});

type Alert = {
  id: string;
  title: string;
  text: string;
  from: string;
  to: string;
  filters: Record<string, string[]>;
  causes: object;
  history: { event: string; spent: string }[];
};
/** Those of what the test adds: the simulator's own days may have others. */
const alerts = async (of = /^proj_test_[ab]$/) =>
  (await stack.api<{ data: Alert[] }>('/v1/alerts?kind=anomaly')).body.data.filter(({ filters }) =>
    filters.project_id?.some((project) => of.test(project)),
  );

/** More of what a project uses daily: 20 a day for as long as it is known. */
const fact = (project: string, amount: string, more: Partial<TruthFact> = {}): TruthFact => ({
  project_id: `proj_test_${project}`,
  project_name: `Test ${project}`,
  line_item: 'gpt-6, output',
  api_key_id: `key_${project}`,
  user_id: null,
  user_email: null,
  api_source: 'unlabeled',
  amount,
  quantity: amount,
  quantity_unit: 'tokens',
  ...more,
});
const add = (day: string, ...facts: TruthFact[]) => {
  for (const each of facts) stack.simulator.restate(day, { kind: 'add', fact: each });
};
async function sync(from = addDays(TODAY, -7)) {
  const path = `/v1/integrations/${key.integration_id}/syncs`;
  expect((await stack.api(path, { from, to: addDays(TODAY, 1) }, 'POST')).status).toBe(202);
  // Others judge meanwhile.
  const context = { warehouse: stack.warehouse, temporal: stack.temporal };
  const judged = await Promise.allSettled([1, 2].map(() => evaluateAnomalies(context, key)));
  const failed = judged.flatMap((each) => (each.status === 'rejected' ? [each.reason.type] : []));
  expect(failed.filter((type) => type !== 'costs_changed')).toEqual([]);
  await stack.untilQuiet();
  await evaluateAnomalies(context, key);
  await stack.untilQuiet();
}

test('a leap is told once, with its cause, however often it is judged; so is one that comes late', async () => {
  for (let day = addDays(TODAY, -74); day < TODAY; day = addDays(day, 1)) {
    add(day, fact('a', '20'), fact('b', '30'), ...(day < BEFORE ? [fact('c', '40')] : []));
  }
  add(YESTERDAY, fact('a', '50000', { api_key_id: 'key_leaked' }));
  // Neither a credit nor a charge that comes once is a leap.
  add(
    BEFORE,
    fact('b', '-9000', { line_item: 'credit' }),
    fact('b', '70000', { line_item: 'true-up', quantity: null, quantity_unit: null }),
  );
  await sync(addDays(TODAY, -74));
  const first = await alerts();
  expect(first).toMatchObject([
    {
      title: expect.stringContaining('Project Test a: USD 50,020.00 on'),
      text: expect.stringContaining(
        'rose mostly because an API key is new: USD 50,000.00. What rose most: gpt-6, output by the key key_leaked in Test a',
      ),
      ...{ from: YESTERDAY, to: TODAY, filters: { project_id: ['proj_test_a'] } },
      causes: {
        compared_with: 'usual',
        reasons: [{ reason: 'new_api_key', change: '50000' }],
        contributors: [{ api_key_id: 'key_leaked', amount: '50000', before: '0', change: '50000' }],
      },
    },
  ]);

  add(YESTERDAY, fact('a', '10000', { api_key_id: 'key_leaked' }));
  add(BEFORE, fact('b', '60000'));
  await sync();
  const [late, ...others] = await alerts();
  expect(others).toEqual(first);
  expect(late).toMatchObject({
    title: expect.stringContaining('Project Test b: USD 60,030.00 on'),
    text: expect.stringContaining('because more was used: USD 60,000.00'),
    ...{ from: BEFORE, to: addDays(BEFORE, 1) },
  });

  // Of a day that was told, what another key spends is told; what changes about the first alert is its history.
  add(YESTERDAY, fact('a', '90000', { api_key_id: 'key_other' }));
  add(LONG_AGO, fact('b', '80000'));
  await sync(LONG_AGO);
  const all = await alerts();
  expect(all).toHaveLength(4);
  const told = (from: string, project: string) =>
    all.filter((each) => each.from === from && each.filters.project_id?.[0] === `proj_test_${project}`);
  expect(told(YESTERDAY, 'a')).toMatchObject([
    { text: expect.stringContaining('What rose most: gpt-6, output by the key key_other in Test a (USD 90,000.00)') },
    { id: first[0]?.id, history: [{ event: 'raised' }, { event: 'restated', spent: '150020' }] },
  ]);
  expect(told(LONG_AGO, 'b')).toMatchObject([{ title: expect.stringContaining('USD 80,030.00') }]);
  // What stopped is told once.
  expect(await alerts(/^proj_test_c$/)).toMatchObject([
    {
      title: expect.stringMatching(/^Project Test c: USD 0\.00 on .*, usually USD 40\.00$/),
      text: expect.stringContaining('It fell mostly because it stopped: USD 40.00'),
      ...{ from: BEFORE, to: addDays(BEFORE, 1), causes: { reasons: [{ reason: 'stopped', change: '-40' }] } },
      history: [{ event: 'raised' }],
    },
  ]);
});
