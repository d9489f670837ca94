import { Gauge, type Registry } from '@prometheus-io/client';
import type { Client } from '@temporalio/client';
import { countFailingChannels } from '#clickhouse/channels/deliveries.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import { countOverdueUsage } from '#clickhouse/coverage/overdue-usage.ts';
import { type IntegrationState, listStates } from '#clickhouse/integrations/list-states.ts';
import { countReconciliationsSince, countStuckChanges } from '#workflows/contract/counts.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { memoize } from './memoize.ts';
import { readQueueBacklogs } from './queue-backlog.ts';
import { whyTemporalIsAway } from './temporal-health.ts';

const TTL_MS = 30_000;
/** What changes once a day, and takes reading a note of each day. */
const DAILY_TTL_MS = 15 * 60_000;
/** Half of Prometheus' default timeout. */
const DEADLINE_MS = 5_000;
/** They run hourly. */
const RECONCILED_WITHIN_MS = 3 * 60 * 60_000;

/**
 * Registers gauges of what no process sees by itself: queues without a worker, schedules that are gone, integrations by
 * the reason for which they wait. Each is measured by itself, so that what is slow leaves the others as they are.
 * @returns a function that refreshes them and never fails
 */
export function measureOperations(
  registry: Registry,
  { warehouse, temporal, probe }: { warehouse: Warehouse; temporal: Client; probe: Client },
): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const queue = ['task_queue', 'kind'];
  const up = gauge('pump_temporal_up', '1 if Temporal responds');
  const tasks = gauge('pump_queue_tasks', 'Tasks that wait in a queue of Temporal, approximately', queue);
  const wait = gauge('pump_queue_wait_seconds', 'How long the oldest task of a queue has waited', queue);
  const integrations = gauge('pump_integrations', 'Integrations by status and problem', ['status', 'problem']);
  const missing = gauge('pump_schedules_missing', 'Integrations that have no daily schedule');
  const stuck = gauge(
    'pump_changes_stuck',
    'Changes of integrations that have run for more than half an hour, and purges for more than two',
  );
  const reconciled = gauge(
    'pump_reconciliations',
    'Repairs of all integrations that ended well in the last three hours',
  );
  const channels = gauge('pump_channels_failing', 'Channels to which nothing was delivered for a day');

  const overdue = gauge('pump_usage_overdue', 'Connected integrations without usage of the day before yesterday', [
    'dataset',
  ]);

  async function measureQueues(): Promise<void> {
    for (const { task_queue, kind, ...backlog } of await readQueueBacklogs(temporal)) {
      tasks.set({ task_queue, kind }, backlog.tasks);
      wait.set({ task_queue, kind }, backlog.seconds);
    }
  }

  async function measureChanges(): Promise<void> {
    stuck.set(await countStuckChanges(temporal, new Date()));
  }

  async function measureRepairs(): Promise<void> {
    reconciled.set(await countReconciliationsSince(temporal, new Date(Date.now() - RECONCILED_WITHIN_MS)));
  }

  async function measureSchedules(states: Promise<IntegrationState[]>): Promise<void> {
    const [expected, scheduled] = await Promise.all([states, listScheduled(temporal)]);
    missing.set(expected.filter((state) => !scheduled.has(dailySyncId(state))).length);
  }

  async function countStates(states: Promise<IntegrationState[]>): Promise<void> {
    const byState = Object.groupBy(await states, ({ status, problem }) => JSON.stringify({ status, problem }));
    integrations.reset();
    for (const [labels, those = []] of Object.entries(byState)) integrations.set(JSON.parse(labels), those.length);
  }

  async function countChannels(): Promise<void> {
    channels.set(await countFailingChannels(warehouse));
  }

  const measureUsage = memoize(DAILY_TTL_MS, async () => {
    for (const { dataset, integrations } of await countOverdueUsage(warehouse)) overdue.set({ dataset }, integrations);
  });

  function measureAll(): Promise<unknown> {
    const states = listStates(warehouse);
    return Promise.allSettled([
      whyTemporalIsAway(probe).then((reason) => up.set(reason === undefined ? 1 : 0)),
      measureQueues(),
      measureChanges(),
      measureRepairs(),
      measureSchedules(states),
      countStates(states), // the warehouse has a gauge of its own
      countChannels(),
      measureUsage(),
    ]);
  }

  return memoize(TTL_MS, async () => {
    const inTime = () => temporal.withDeadline(Date.now() + DEADLINE_MS, measureAll);
    await requestScope.run(AbortSignal.timeout(DEADLINE_MS), inTime);
  });
}

async function listScheduled(temporal: Client): Promise<Set<string>> {
  const scheduled = new Set<string>();
  for await (const { scheduleId } of temporal.schedule.list({ pageSize: 1000 })) scheduled.add(scheduleId);
  return scheduled;
}
