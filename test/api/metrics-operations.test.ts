import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { USAGE_DATASETS } from '#domain/dataset.ts';
import { addDays } from '#domain/day.ts';
import { countReconciliationsSince, countStuckChanges } from '#workflows/contract/counts.ts';
import { dailySyncId, READS_TASK_QUEUE, TASK_QUEUE } from '#workflows/contract/ids.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { createNamespace } from '../support/namespace.ts';
import { serveApi } from '../support/serve-api.ts';
import { TODAY } from '../support/today.ts';

const metricsToken = 'a-token-for-prometheus';
let database: Database;
let temporal: Awaited<ReturnType<typeof createNamespace>>;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), createNamespace()]);
  const state = { status: 'action_required', problem: 'key_rejected' } as const;
  const integrations = [
    integration({ tenant_id: 'one', integration_id: 'i-1' }),
    integration({ tenant_id: 'one', integration_id: 'i-2', ...state }),
    integration({ tenant_id: 'two', integration_id: 'i-3', ...state }),
    integration({ tenant_id: 'two', integration_id: 'i-4', status: 'disconnected' }),
  ];
  for (const each of integrations) await writeIntegration(database.warehouse, each);
  await temporal.client.schedule.create({
    scheduleId: dailySyncId({ tenant_id: 'one', integration_id: 'i-1' }),
    spec: { cronExpressions: ['0 4 * * *'] },
    action: { type: 'startWorkflow', workflowType: 'dailySync', taskQueue: TASK_QUEUE },
  });
  // No worker takes it.
  await temporal.client.workflow.start('backfill', { workflowId: 'backfill/waits', taskQueue: TASK_QUEUE });
});
afterAll(async () => {
  for (const close of closers) await close();
  await temporal.client.workflow.getHandle('backfill/waits').terminate();
  await Promise.all([temporal.close(), database.drop()]);
});

/** The lines of /metrics that begin with one of these names. */
const scrape = (...names: string[]) => scrapeWith(database.warehouse, ...names);

async function scrapeWith(warehouse: Warehouse, ...names: string[]): Promise<string[]> {
  const options = { metricsToken, temporal: temporal.client, probe: temporal.client };
  const api = await serveApi(warehouse, temporal.client.connection, 'one', options);
  closers.push(api.close);
  const response = await fetch(`${api.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  const lines = (await response.text()).split('\n');
  return lines.filter((line) => names.some((name) => line.startsWith(`${name}{`) || line.startsWith(`${name} `)));
}

test('integrations are counted by status and problem, and those without a schedule', async () => {
  await expect
    .poll(() => scrape('pump_integrations', 'pump_schedules_missing', 'pump_temporal_up'))
    .toEqual([
      'pump_temporal_up 1',
      expect.stringMatching(/^pump_integrations\{status="connected",problem=""\} 1$/),
      'pump_integrations{status="action_required",problem="key_rejected"} 2',
      'pump_schedules_missing 2',
    ]);
});

test('usage that yesterday’s sync should have read is missed, by dataset', async () => {
  const read = { tenant_id: 'one', integration_id: 'i-1', version: 1, items: 0 };
  const [due, before] = [addDays(TODAY, -2), addDays(TODAY, -9)];
  await database.warehouse.insert('day_reads', [
    { ...read, dataset: 'usage/completions', day: due },
    { ...read, dataset: 'usage/completions', day: before },
    { ...read, dataset: 'usage/embeddings', day: before },
  ]);
  // What was never read, an organization may not have.
  const expected = USAGE_DATASETS.toSorted().map(
    (dataset) => `pump_usage_overdue{dataset="${dataset}"} ${dataset === 'usage/embeddings' ? 1 : 0}`,
  );
  await expect.poll(() => scrape('pump_usage_overdue')).toEqual(expected);
});

test('a warehouse that does not respond is not taken for Temporal', async () => {
  const { warehouse } = database;
  const untilGivenUp = () =>
    new Promise<never>((_, reject) => {
      requestScope.getStore()?.addEventListener('abort', () => reject(new Error('given up')));
    });
  const slow: Warehouse = {
    ...warehouse,
    query: (question) => (question.name === 'states of all' ? untilGivenUp() : warehouse.query(question)),
  };
  await expect
    .poll(() => scrapeWith(slow, 'pump_integrations', 'pump_temporal_up', 'pump_changes_stuck'))
    .toEqual(['pump_temporal_up 1', 'pump_changes_stuck 0']);
});

test('a task that no worker takes is seen to wait', async () => {
  const queue = `{task_queue="${TASK_QUEUE}",kind="workflow"}`;
  await expect.poll(() => scrape('pump_queue_tasks')).toContain(`pump_queue_tasks${queue} 1`);
  const waits = async () => (await scrape('pump_queue_wait_seconds')).join('\n');
  const waited = async () =>
    Number(/ ([\d.]+)$/.exec((await waits()).split('\n').find((line) => line.includes(queue)) ?? '')?.[1]);
  await expect.poll(waited).toBeGreaterThan(0);
  await expect.poll(waits).toContain(`pump_queue_wait_seconds{task_queue="${READS_TASK_QUEUE}",kind="activity"} 0`);
});

test('a repair of all integrations counts once it has ended well', async () => {
  const { client } = temporal;
  const count = (since: number) => countReconciliationsSince(client, new Date(Date.now() + since));
  expect(await scrape('pump_reconciliations')).toEqual(['pump_reconciliations 0']);
  const run = { taskQueue: TASK_QUEUE, args: [] };
  await client.workflow.start('reconcileIntegrations', { workflowId: 'reconcile-waits', ...run });
  await client.workflow.getHandle('reconcile-waits').terminate();
  await expect
    .poll(
      async () =>
        (await client.workflow.count(`WorkflowType = 'reconcileIntegrations' AND ExecutionStatus = 'Terminated'`))
          .count,
    )
    .toBe(1);
  expect(await count(-60_000)).toBe(0);
});

test('a change or a purge that does not end is seen', async () => {
  const { client } = temporal;
  const change = { taskQueue: TASK_QUEUE, args: [] };
  await client.workflow.start('changeIntegration', { workflowId: 'change/waits', ...change });
  await client.workflow.start('sweepPurged', { workflowId: 'sweep/waits', ...change });
  const inMinutes = (minutes: number) => countStuckChanges(client, new Date(Date.now() + minutes * 60_000));
  await expect.poll(() => inMinutes(121)).toBe(2);
  expect([await inMinutes(31), await inMinutes(29)]).toEqual([1, 0]);
  for (const id of ['change/waits', 'sweep/waits']) await client.workflow.getHandle(id).terminate();
  await expect.poll(() => scrape('pump_changes_stuck')).toEqual(['pump_changes_stuck 0']);
});
