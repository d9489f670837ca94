import { afterAll, beforeAll, expect, test } from 'vitest';
import { backfillOf } from '../support/backfill.ts';
import { noting } from '../support/noting.ts';
import { startScheduled } from '../support/scheduled-run.ts';
import { type Stack, startStack } from '../support/stack.ts';

// What one organization costs, as counts: a fleet pays for each ten thousand times.

let stack: Stack;
let id: string;
/** The names of the statements that the worker has run. */
const statements: string[] = [];
beforeAll(async () => {
  stack = await startStack({
    simulator: { factsPerDay: 10 },
    warehouseOfWorker: (warehouse) => noting(warehouse, statements),
  });
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

type Run = { fetchHistory: () => Promise<{ events?: unknown[] | null }> };
async function activitiesOf(run: Run): Promise<number> {
  const { events } = (await run.fetchHistory()) as {
    events: { activityTaskScheduledEventAttributes?: unknown }[];
  };
  return events.filter((event) => event.activityTaskScheduledEventAttributes).length;
}

test('connecting a year takes at most 60 statements and 20 activities', async () => {
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(60);
  expect(await activitiesOf(await backfillOf(stack, id))).toBeLessThanOrEqual(20);
});

test('a daily sync takes at most 20 statements and 6 activities', async () => {
  statements.length = 0;
  const sync = await startScheduled(stack.temporal, { tenant_id: stack.tenantId, integration_id: id });
  await sync.result();
  await stack.untilQuiet();
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(20);
  expect(await activitiesOf(sync)).toBeLessThanOrEqual(6);
});
