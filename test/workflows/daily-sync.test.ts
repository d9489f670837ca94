import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '#domain/day.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { startScheduled } from '../support/scheduled-run.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

/** How far back OpenAI keeps days: it is not the year that matters here. */
const LOOKBACK_DAYS = 60;
const FROM = addDays(TODAY, -LOOKBACK_DAYS);
const TO = addDays(TODAY, 1);

let stack: Stack;
let id: string;
const key = () => ({ tenant_id: stack.tenantId, integration_id: id });
const schedule = () => stack.temporal.schedule.getHandle(dailySyncId(key()));

beforeAll(async () => {
  stack = await startStack({ impatient: true, simulator: { factsPerDay: 25, knobs: { lookbackDays: LOOKBACK_DAYS } } });
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

const sync = () => stack.syncDaily(id);

/** Has the schedule run what it was due to run on a day that has passed, and waits for it. */
async function syncOf(day: string): Promise<void> {
  const due = { start: new Date(`${day}T00:00:00Z`), end: new Date(`${day}T23:59:59Z`), overlap: 'ALLOW_ALL' as const };
  await (await startScheduled(stack.temporal, key(), (schedule) => schedule.backfill(due))).result();
}

const total = async () => (await stack.api(`/v1/costs?from=${FROM}&to=${TO}`)).body.total;
const itemsOf = (day: string) =>
  stack.warehouse.query({
    name: 'items',
    sql: 'SELECT line_item, amount FROM costs WHERE day = {day: Date} ORDER BY line_item, amount',
    params: { day },
    row: z.object({ line_item: z.string(), amount: z.string() }),
  });

test('the schedule says when, and what it does', async () => {
  const { spec, policies, action } = await schedule().describe();
  expect(spec.calendars ?? spec).toBeTruthy();
  expect(policies).toMatchObject({ overlap: 'BUFFER_ONE', catchupWindow: 7 * 86_400_000 });
  expect(action).toMatchObject({ type: 'startWorkflow', workflowType: 'dailySync' });
});

test('no time that a task waits in a queue is counted, and tenants take turns', async () => {
  await sync();
  for await (const { workflowId, runId } of stack.temporal.workflow.list()) {
    const { events = [] } = await stack.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.priority?.fairnessKey).toBe(stack.tenantId);
    for (const { activityTaskScheduledEventAttributes: scheduled } of events ?? []) {
      if (!scheduled) continue;
      const { scheduleToStartTimeout, scheduleToCloseTimeout } = scheduled;
      expect([scheduled.activityType?.name, scheduleToStartTimeout?.seconds, scheduleToCloseTimeout?.seconds]).toEqual([
        scheduled.activityType?.name,
        expect.toSatisfy((seconds) => Number(seconds ?? 0) === 0),
        expect.toSatisfy((seconds) => Number(seconds ?? 0) === 0),
      ]);
    }
  }
});

test('changed, vanished and new rows of recent days are all taken over', async () => {
  const changes = stack.simulator.restateRecent();
  expect(new Set(changes.map(({ change }) => change.kind)).size).toBeGreaterThan(2);
  expect(await total()).not.toBe(stack.simulator.truth.total(FROM, TO));
  await sync();
  expect(await total()).toBe(stack.simulator.truth.total(FROM, TO));
  for (const { day, facts } of stack.simulator.truth.days(addDays(TODAY, -7), TODAY)) {
    expect(await itemsOf(day)).toHaveLength(facts.length);
  }
});

test('a day that OpenAI empties is empty, and still covered', async () => {
  const day = addDays(TODAY, -3);
  stack.simulator.restate(day, { kind: 'clear' });
  await sync();
  expect(await itemsOf(day)).toEqual([]);
  const covered = await stack.warehouse.query({
    name: 'coverage',
    sql: `SELECT items FROM coverage WHERE dataset = 'costs' AND day = {day: Date}`,
    params: { day },
    row: z.object({ items: z.number() }),
  });
  expect(covered).toEqual([{ items: 0 }]);
  expect(await total()).toBe(stack.simulator.truth.total(FROM, TO));
});

test('a revoked key stops the sync with an error and without data loss; a new key continues it', async () => {
  const before = await total();
  stack.simulator.revoke(stack.simulator.keys.admin);
  await expect(sync()).rejects.toThrow();

  expect(await stack.untilStatus(id, 'action_required')).toMatchObject({ problem: { code: 'key_rejected' } });
  // Temporal says when, unless it takes longer than a reader waits.
  await expect.poll(async () => (await stack.api(`/v1/integrations/${id}`)).body.next_sync_at).not.toBeNull();
  expect(await total()).toBe(before);

  stack.simulator.restateRecent();
  expect(await stack.connect(stack.simulator.keys.second)).toBe(id);
  await sync();
  expect(await total()).toBe(stack.simulator.truth.total(FROM, TO));
});

test('a run that was due on a Monday reads five weeks again, up to today however late it is', async () => {
  const past = [1, 2, 3, 4, 5, 6, 7].map((ago) => addDays(TODAY, -ago));
  const monday = past.find((day) => new Date(day).getUTCDay() === 1) as string;

  // OpenAI bills something later, on days on both sides of both limits: it is here where they are read again.
  const [fact] = stack.simulator.truth.days(FROM, TO).flatMap(({ facts }) => facts);
  if (!fact) throw new Error('the simulator has no facts');
  const agos = [0, 35, 36];
  for (const ago of agos) {
    stack.simulator.restate(addDays(TODAY, -ago), { kind: 'add', fact: { ...fact, line_item: 'late, input' } });
  }
  const notReadAgain = async () => {
    const items = await Promise.all(agos.map((ago) => itemsOf(addDays(TODAY, -ago))));
    return agos.filter((_, index) => !items[index]?.some(({ line_item }) => line_item === 'late, input'));
  };
  expect(await notReadAgain()).toEqual([0, 35, 36]);
  await syncOf(monday);
  expect(await notReadAgain()).toEqual([36]);
});
