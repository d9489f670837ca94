import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { addDays } from '#domain/day.ts';
import { dailySyncId, TASK_QUEUE } from '#workflows/contract/ids.ts';
import type { Workflows } from '#workflows/contract/workflows.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

/** As many days as are read again on a Monday, besides today. */
const REREAD_DAYS = 35;

let stack: Stack;
let id: string;
/** What a reader has seen since the last sync began. */
let seen: unknown[] = [];
let isRead = false;
/** Waits until a reader has seen a few sums more. What is written after the sync, as of an alert, has no reader. */
async function untilSeen(): Promise<void> {
  const before = seen.length;
  await vi.waitUntil(() => !isRead || seen.length > before + 3, { timeout: 200_000 });
}
beforeAll(async () => {
  stack = await startStack({
    // Readers look before each insert and after it, however fast the sync is.
    warehouseOfWorker: (warehouse) => ({
      ...warehouse,
      async insert(table, rows) {
        await untilSeen();
        await warehouse.insert(table, rows);
        await untilSeen();
      },
    }),
    rereadDays: REREAD_DAYS,
    simulator: { factsPerDay: 25, knobs: { lookbackDays: REREAD_DAYS + 5 } },
  });
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

/** What a reader of each asks, and how OpenAI changes a day of it. */
const datasets = {
  costs: {
    sql: 'SELECT toString(sum(amount)) AS sum FROM costs WHERE day < {today: Date}',
    restate: (day: string) => stack.simulator.restate(day, { kind: 'set_amount', at: 0, amount: '1000.25' }),
  },
  usage: {
    sql: `SELECT toString(sum(num_model_requests)) AS sum FROM usage
          WHERE dataset = 'usage/completions' AND day < {today: Date}`,
    restate: (day: string) => {
      const change = { kind: 'set_metric', at: 0, metric: 'num_model_requests', value: 1_000_025 } as const;
      stack.simulator.restate(day, { endpoint: 'completions', ...change });
    },
  },
};

test.each(Object.entries(datasets))(
  'a reader of %s sees the old sum or the new one while a Monday’s days change',
  async (_, { sql, restate }) => {
    const row = z.object({ sum: z.string() });
    const sum = async () => (await stack.warehouse.query({ name: 'sum', sql, params: { today: TODAY }, row }))[0]?.sum;
    const old = await sum();
    const days = Array.from({ length: REREAD_DAYS }, (_, index) => addDays(TODAY, -1 - index));
    const busy = days.filter((day) => (stack.simulator.truth.days(day, addDays(day, 1))[0]?.facts.length ?? 0) > 0);
    expect(busy.length).toBeGreaterThan(25);
    for (const day of busy) restate(day);

    const key = { tenant_id: stack.tenantId, integration_id: id };
    seen = [];
    isRead = true;
    const run = await stack.temporal.workflow.start<Workflows['dailySync']>('dailySync', {
      workflowId: `${dailySyncId(key)}/every-day-a-monday`,
      taskQueue: TASK_QUEUE,
      args: [key],
    });
    const ended = run.result().finally(() => {
      isRead = false;
    });
    while (isRead) seen.push(await sum());
    expect((await ended).changed).toBeGreaterThanOrEqual(busy.length);

    const now = await sum();
    expect(now).not.toBe(old);
    expect([...new Set([...seen, now])]).toEqual([old, now]);
    // However fast two inserts would follow each other: it was one read of all days.
    const reads = await stack.warehouse.query({
      name: 'reads',
      sql: 'SELECT dataset, uniqExact(version) AS reads FROM day_reads FINAL WHERE day >= {from: Date} GROUP BY dataset',
      params: { from: days.at(-1) },
      row: z.object({ dataset: z.string(), reads: z.coerce.number() }),
    });
    expect(reads.length).toBeGreaterThan(5);
    expect(reads).toEqual(reads.map(({ dataset }) => ({ dataset, reads: 1 })));
  },
);
