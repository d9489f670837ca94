import { afterAll, beforeAll, expect, test } from 'vitest';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { backfillOf } from '../support/backfill.ts';
import { noting } from '../support/noting.ts';
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
  const schedule = stack.temporal.schedule.getHandle(dailySyncId({ tenant_id: stack.tenantId, integration_id: id }));
  await schedule.trigger();
  await expect.poll(() => statements).toContain('record outcome');
  await stack.untilQuiet();
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(20);
  const action = (await schedule.describe()).info.recentActions.at(-1)?.action;
  if (!action) throw new Error('no run');
  const { workflowId, firstExecutionRunId } = action.workflow;
  expect(await activitiesOf(stack.temporal.workflow.getHandle(workflowId, firstExecutionRunId))).toBeLessThanOrEqual(6);
});
