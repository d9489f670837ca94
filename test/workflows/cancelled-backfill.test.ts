import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#domain/day.ts';
import { backfillOf } from '../support/backfill.ts';
import { isForFacts, startOf } from '../support/requested-days.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ simulator: { factsPerDay: 25 } });
});
afterAll(() => stack.stop());

test('a backfill that ops cancel does not look as if it went on, and its attempt was a success', async () => {
  // Of the year, the older days do not come.
  const release = stack.simulator.hold((request) => isForFacts(request) && startOf(request) < addDays(TODAY, -100));
  const id = await stack.startConnecting(stack.simulator.keys.admin);
  const running = await backfillOf(stack, id);
  await running.cancel();
  await stack.untilQuiet();
  release();
  const { body: view } = await stack.api<{ status: string; coverage: { days: number; missing_days: number } }>(
    `/v1/integrations/${id}`,
  );
  expect(view.status).toBe('connected');
  expect(view.coverage.missing_days).toBeGreaterThan(0);
  expect(view.coverage.days + view.coverage.missing_days).toBe(365);

  const attempt = running.workflowId.split('/').at(-1);
  const { status, body: answer } = await stack.api(`/v1/integrations/attempts/${attempt}`);
  expect([status, answer.id]).toEqual([201, id]);
});
