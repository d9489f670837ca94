import { Gauge, type Registry } from '@prometheus-io/client';
import type { Client } from '@temporalio/client';
import { countFailingChannels } from '#clickhouse/channels/deliveries.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import { type IntegrationState, listStates } from '#clickhouse/integrations/list-states.ts';
import { countReconciliationsSince, countStuckChanges } from '#workflows/contract/counts.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { memoize } from './memoize.ts';
import { readQueueBacklogs } from './queue-backlog.ts';

const TTL_MS = 30_000;
/** Half of Prometheus' default timeout. */
const DEADLINE_MS = 5_000;
/** They run hourly. */
const RECONCILED_WITHIN_MS = 3 * 60 * 60_000;

/**
 * Registers gauges of what no process sees by itself: queues without a worker, schedules that are gone, integrations by
 * the reason for which they wait. @returns a function that refreshes them and never fails
 */
export function measureOperations(registry: Registry, warehouse: Warehouse, temporal: Client): () => Promise<void> {
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

  async function measureTemporal(): Promise<void> {
    const backlogs = await readQueueBacklogs(temporal);
    for (const { task_queue, kind, ...backlog } of backlogs) {
      tasks.set({ task_queue, kind }, backlog.tasks);
      wait.set({ task_queue, kind }, backlog.seconds);
    }
    stuck.set(await countStuckChanges(temporal, new Date()));
    reconciled.set(await countReconciliationsSince(temporal, new Date(Date.now() - RECONCILED_WITHIN_MS)));
  }

  async function measureSchedules(states: readonly IntegrationState[]): Promise<void> {
    const scheduled = new Set<string>();
    for await (const { scheduleId } of temporal.schedule.list({ pageSize: 1000 })) scheduled.add(scheduleId);
    missing.set(states.filter((state) => !scheduled.has(dailySyncId(state))).length);
  }

  function countStates(states: readonly IntegrationState[]): void {
    integrations.reset();
    const counts = Object.entries(Object.groupBy(states, ({ status, problem }) => JSON.stringify({ status, problem })));
    for (const [labels, those = []] of counts) integrations.set(JSON.parse(labels), those.length);
  }

  return memoize(TTL_MS, async () => {
    const deadline = Date.now() + DEADLINE_MS;
    const query = requestScope.run(AbortSignal.timeout(DEADLINE_MS), () =>
      Promise.all([listStates(warehouse), countFailingChannels(warehouse)]),
    );
    const [states, failing] = await query.catch(() => []); // the warehouse has a gauge of its own
    if (states) countStates(states);
    if (failing !== undefined) channels.set(failing);
    const measured = temporal.withDeadline(deadline, async () => {
      await measureTemporal();
      if (states) await measureSchedules(states);
    });
    up.set(await measured.then(() => 1).catch(() => 0));
  });
}
