import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ScheduleNotFoundError } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { isRunning } from '#activities/connection/running-workflows.ts';
import { listWorkflowIds } from '#activities/context/list-workflow-ids.ts';
import { listPurged } from '#activities/fleet/list-purged.ts';
import { storeCredential } from '#clickhouse/integrations/credentials.ts';
import { readIntegration, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Reconciliation } from '#domain/sync.ts';
import { workflowIdPrefix } from '#domain/workflow-ids.ts';
import { ensureReconcileSchedule } from '#worker/reconcile-schedule.ts';
import { reconcileNow, tellEvents } from '#workflows/contract/commands.ts';
import { countReconciliationsSince } from '#workflows/contract/counts.ts';
import { backfillId, changeId, dailySyncId, RECONCILE_ID, TASK_QUEUE, tellEventsId } from '#workflows/contract/ids.ts';
import { activate, disconnect, repair } from '#workflows/contract/messages.ts';
import { startDailySync } from '#workflows/contract/schedules.ts';
import { costDay } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let id: string;
const key = (integration_id = id) => ({ tenant_id: stack.tenantId, integration_id });
const schedule = (integration_id = id) => stack.temporal.schedule.getHandle(dailySyncId(key(integration_id)));
beforeAll(async () => {
  stack = await startStack({ historyDays: 5, simulator: { factsPerDay: 3 } });
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

const NOTHING: Reconciliation = {
  checked: 1,
  repaired: 0,
  disconnected: 0,
  purged: 0,
  schedules_deleted: 0,
  keys_deleted: 0,
};
/** Temporal's lists lag: waits until they show what is compared. */
const untilReconciled = (did: Partial<Reconciliation>) =>
  expect.poll(() => reconcileNow(stack.temporal)).toEqual({ ...NOTHING, ...did });

test('where nothing is lost, nothing changes', () => untilReconciled({}));

test('a schedule that was deleted is back with the command of the operators', async () => {
  await schedule().delete();
  await expect.poll(async () => (await listed()).includes(dailySyncId(key()))).toBe(false);
  const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = stack.environment;
  const environment = { ...process.env, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE };
  const { stdout } = await promisify(execFile)(process.execPath, ['worker/reconcile.ts'], { env: environment });
  expect(stdout).toContain('1 integrations checked');
  expect(stdout).toContain('1 repaired');
  await stack.untilQuiet();
  expect((await schedule().describe()).state).toMatchObject({ paused: false });
});

test('the schedule that repairs all others is made anew, gets today’s settings, and stays paused', async () => {
  const { temporal } = stack;
  const hourly = temporal.schedule.getHandle(RECONCILE_ID);
  await ensureReconcileSchedule(temporal);
  const { spec } = await hourly.describe();
  // At once: a pause is lost where Temporal takes it in one step with an update.
  await hourly.update((is) => ({
    ...is,
    spec: { intervals: [{ every: '7 days' }] },
    state: { ...is.state, paused: true, note: 'by an operator' },
  }));
  await expect.poll(async () => (await hourly.describe()).state.paused).toBe(true);
  await ensureReconcileSchedule(temporal);
  const { spec: updated, state } = await hourly.describe();
  expect(updated).toEqual(spec);
  expect(state).toMatchObject({ paused: true, note: 'by an operator' });
  await hourly.delete();
});

test('a repair that fails keeps nobody’s alerts and digests back', async () => {
  await stack.warehouse.command('break', 'RENAME TABLE channel_secrets TO away');
  await expect(reconcileNow(stack.temporal)).rejects.toThrow();
  await stack.warehouse.command('name it back', 'RENAME TABLE away TO channel_secrets');
  const { events } = await stack.temporal.workflow.getHandle(RECONCILE_ID).fetchHistory();
  const names = events?.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
  expect(names).toEqual(expect.arrayContaining(['reconcile', 'raiseEvents', 'startDigests']));
  const since = new Date(Date.now() - 600_000);
  expect(await countReconciliationsSince(stack.temporal, new Date(Date.now() + 60_000))).toBe(0);
  await expect.poll(() => countReconciliationsSince(stack.temporal, since)).toBeGreaterThan(0);
});

test('a schedule with old settings gets today’s; one that is paused stays as it is', async () => {
  const setNote = (note: string, paused: boolean) =>
    schedule().update((is) => ({
      ...is,
      spec: { cronExpressions: ['0 1 * * *'] },
      state: { ...is.state, note, paused },
    }));
  const { note } = (await schedule().describe()).state;
  await setNote('old', true);
  await expect.poll(listedNotes).toContain('old');
  await untilReconciled({});
  expect((await schedule().describe()).state).toMatchObject({ paused: true, note: 'old' });

  await setNote('older', false);
  await expect.poll(listedNotes).toContain('older');
  await untilReconciled({ repaired: 1 });
  await stack.untilQuiet();
  const { state, spec } = await schedule().describe();
  expect(state).toMatchObject({ paused: false, note });
  expect(spec.jitter).toBe(7_200_000);
});

test('a change and a backfill that an operator resets run again, and end where they were', async () => {
  const before = await readIntegration(stack.warehouse, key());
  if (!before) throw new Error('not recorded');
  const days = await costDays();
  for (const workflowId of [backfillId(key(), before), changeId(key())]) {
    await reset(workflowId);
    await stack.untilQuiet();
  }
  const { connected_at, credential_id } = before;
  expect(await readIntegration(stack.warehouse, key())).toMatchObject({
    status: 'connected',
    connected_at,
    credential_id,
  });
  expect(await costDays()).toEqual(days);
  await untilReconciled({});
});

test('an integration whose backfill was terminated or deleted is backfilled', async () => {
  const before = await readIntegration(stack.warehouse, key());
  if (!before) throw new Error('not recorded');
  const { workflowService, options } = stack.temporal;
  const workflowExecution = { workflowId: backfillId(key(), before) };
  await workflowService.deleteWorkflowExecution({ namespace: options.namespace, workflowExecution });
  await writeIntegration(stack.warehouse, { ...before, status: 'backfilling' });
  await untilReconciled({ repaired: 1 });
  await stack.untilStatus(id, 'connected');
  await stack.untilQuiet();
});

test('a schedule without an integration is deleted', async () => {
  const gone = key('openai-gone');
  await stack.temporal.schedule.create({
    scheduleId: dailySyncId(gone),
    spec: { cronExpressions: ['0 4 * * *'] },
    action: startDailySync(gone),
  });
  await expect.poll(listed).toContain(dailySyncId(gone));
  await untilReconciled({ schedules_deleted: 1 });
  await stack.untilQuiet();
  await expect(schedule('openai-gone').describe()).rejects.toThrow(ScheduleNotFoundError);
});

test('a key that nothing has used for a day is deleted', async () => {
  const sealed = { key_id: 'k', encapsulation: 'e', ciphertext: 'c' };
  await storeCredential(stack.warehouse, { tenant_id: stack.tenantId, credential_id: 'young' }, sealed);
  await stack.warehouse.insert('credentials', [
    { tenant_id: stack.tenantId, credential_id: 'old', ...sealed, version: Date.now() - 25 * 3_600_000 },
  ]);
  await untilReconciled({ keys_deleted: 1 });
  expect(await credentials()).toEqual([expect.any(String), 'young']);
});

test('a customer who had purged does not come back with a backup of the warehouse', async () => {
  const tenant = await stack.addTenant('purged', { factsPerDay: 3 });
  const other = await tenant.connect(tenant.simulator.keys.admin);
  await tenant.untilQuiet();
  const itsKey = { tenant_id: tenant.tenantId, integration_id: other };
  const backup = await readIntegration(stack.warehouse, itsKey);
  if (!backup) throw new Error('not recorded');
  expect(await tenant.disconnect(other, '?purge=true')).toBe(200);
  await expect.poll(() => listPurged(stack.temporal)).toEqual([itsKey]);

  const sweeps = () => listWorkflowIds(stack.temporal, `WorkflowId STARTS_WITH '${workflowIdPrefix('sweep', itsKey)}'`);
  await expect.poll(async () => (await sweeps()).size).toBe(1);
  const [sweep = ''] = await sweeps();
  await stack.temporal.workflow.getHandle(sweep).terminate();
  await untilReconciled({ checked: 1, purged: 1 });
  expect(await isRunning(stack.temporal, sweep)).toBe(true);
  await untilReconciled({});

  await writeIntegration(stack.warehouse, backup);
  await untilReconciled({ checked: 2, purged: 1 });
  await expect.poll(() => readIntegration(stack.warehouse, itsKey)).toBeUndefined();
  await untilReconciled({});

  // At the backup it was disconnected, its data kept; or only days are back.
  for (const record of [{ ...backup, status: 'disconnected' as const }, undefined]) {
    if (record) await writeIntegration(stack.warehouse, record);
    await writeCostDays(stack.warehouse, { ...itsKey, version: 1 }, [costDay('2026-01-01', [], '0')]);
    await untilReconciled({ purged: 1 });
    await expect.poll(() => daysOf(itsKey)).toEqual([]);
    await expect.poll(() => readIntegration(stack.warehouse, itsKey)).toBeUndefined();
    await untilReconciled({});
  }
});

test('an integration that the warehouse lacked until its backup was restored is there again, with all its days', async () => {
  const before = await readIntegration(stack.warehouse, key());
  if (!before) throw new Error('not recorded');
  const days = await costDays();
  await stack.warehouse.command(
    'lose',
    'ALTER TABLE integration_records DELETE WHERE integration_id = {integration_id: String}',
    key(),
  );
  await untilReconciled({ checked: 0, schedules_deleted: 1 });
  await stack.untilQuiet();
  await expect.poll(listed).not.toContain(dailySyncId(key()));

  await writeIntegration(stack.warehouse, before);
  await untilReconciled({ repaired: 1 });
  await stack.untilQuiet();
  expect(await readIntegration(stack.warehouse, key())).toMatchObject({ ...before, key_expires_at: null });
  expect(await costDays()).toEqual(days);
  expect((await schedule().describe()).state).toMatchObject({ paused: false });
});

test('what takes reading days is looked for once a day, by a workflow whose id is of the day', async () => {
  const handle = stack.temporal.workflow.getHandle(tellEventsId('2026-03-01'));
  const runs = new Set<string>();
  for (const _ of [1, 2]) {
    await tellEvents(stack.temporal, '2026-03-01');
    await handle.result();
    runs.add((await handle.describe()).runId);
  }
  expect(runs.size).toBe(1);
});

test.each([
  ['backfill', {}, 'tenant_id'],
  ['dailySync', { tenant_id: 'acme' }, 'integration_id'],
  ['syncRange', { tenant_id: 'acme', integration_id: 'i', from: 'yesterday', to: '2026-02-30' }, 'from'],
  ['changeIntegration', null, 'tenant_id'],
  ['connectIntegration', { tenant_id: 'acme' }, 'credential_id'],
  ['sweepPurged', { tenant_id: 'acme', integration_id: 'i' }, 'purged_at'],
])('%s, started by hand with %j, fails at once and names the field', async (type, input, field) => {
  const run = stack.temporal.workflow.execute(type, {
    workflowId: `by-hand/${type}`,
    taskQueue: TASK_QUEUE,
    args: [input],
  });
  const { cause } = (await run.catch((error) => error)) as { cause: ApplicationFailure };
  expect(cause).toMatchObject({ type: 'invalid_input', message: expect.stringContaining(field) });
});

test.each([
  [activate.name, {}, 'credential_id'],
  [disconnect.name, {}, 'purge'],
  [repair.name, undefined, 'because'],
])('the change %s, requested by hand with %j, fails at once and names the field', async (signal, input, field) => {
  const run = await stack.temporal.workflow.signalWithStart('changeIntegration', {
    workflowId: `by-hand/${signal}`,
    taskQueue: TASK_QUEUE,
    args: [key('by-hand')],
    signal,
    signalArgs: [input],
  });
  const { cause } = (await run.result().catch((error) => error)) as { cause: ApplicationFailure };
  expect(cause).toMatchObject({ type: 'invalid_input', message: expect.stringContaining(field) });
});

/** As the Temporal UI does: from the first decision on, everything again. */
async function reset(workflowId: string): Promise<void> {
  const handle = stack.temporal.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const decided = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  await stack.temporal.workflowService.resetWorkflowExecution({
    namespace: stack.temporal.options.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: decided?.eventId ?? null,
    requestId: runId,
    reason: 'by an operator',
  });
}

async function schedules() {
  const found = [];
  for await (const each of stack.temporal.schedule.list()) found.push(each);
  return found;
}
const listed = async () => (await schedules()).map(({ scheduleId }) => scheduleId);
const listedNotes = async () => (await schedules()).map(({ state }) => state.note);
const costDays = () => daysOf(key());
const daysOf = (params: IntegrationKey) =>
  stack.warehouse.query({
    name: 'days',
    sql: `SELECT day FROM cost_days FINAL
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} ORDER BY day`,
    params,
    row: z.object({ day: z.string() }),
  });
const credentials = async () => {
  const rows = await stack.warehouse.query({
    name: 'credentials',
    sql: 'SELECT credential_id FROM credentials FINAL ORDER BY credential_id = {young: String}, credential_id',
    params: { young: 'young' },
    row: z.object({ credential_id: z.string() }),
  });
  return rows.map(({ credential_id }) => credential_id);
};
