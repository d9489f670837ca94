// No activity has a limit from its schedule on: waiting for a worker is not failing. A retry that must end has
// `maximumAttempts`. Tenants take turns by the fairness key of their workflows, which activities inherit.
import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '#activities/index.ts';
import { DELIVERY_RETRIES } from '#domain/channels/delivery-retries.ts';
import type { SyncMode } from '#domain/sync.ts';
import { fairnessKeyOf, READS_TASK_QUEUE } from '../contract/ids.ts';

/**
 * The first response of a large organization may take a minute, and a check may need several. The caller of the API gets
 * a status URL meanwhile. Three quick attempts, so that an outage is reported within the request.
 */
export const { validateKey } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '500ms', maximumAttempts: 3 },
  priority: { priorityKey: 1 },
});

/**
 * These use only our own servers, so they are retried until the servers are back. Someone may wait for a change: often.
 */
export const {
  requestActivation,
  isBackfilling,
  recordIntegration,
  deleteKey,
  ensureDailySchedule,
  deleteDailySchedule,
  markDisconnected,
  recordAlert,
  listReceivers,
  listMissed,
  keepReceipt,
} = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '30 seconds' },
  priority: { priorityKey: 2 },
});

/** The same, of syncs and repairs: nobody waits, and ten thousand of them must not hammer a server that comes back. */
export const { planSync, recordOutcome, findLost, repairDailySchedule } = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '5 minutes' },
  priority: { priorityKey: 2 },
});

/** Judges what is there. The next sync does it again, so that no fault of it holds up a sync for more than ten minutes. */
export const { evaluateCosts, judgeBudget } = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '30 seconds', maximumAttempts: 20 },
  priority: { priorityKey: 3 },
});

/** Receivers that hang take slots for seconds: what else waits for one goes first, and tenants take turns. */
export const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '20 seconds',
  retry: DELIVERY_RETRIES,
  priority: { priorityKey: 4 },
});

/** A test, or what a channel has not got: someone waits for its receipt. */
export const { deliverOnce, resend } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '20 seconds',
  retry: { maximumAttempts: 1 },
  priority: { priorityKey: 1 },
});

/** These fail until the cancelled syncs have ended. A request is waiting, so they are retried quickly. */
export const { stopBackfill, stopSyncs } = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200ms', maximumInterval: '2 seconds' },
  priority: { priorityKey: 2 },
});

/** Have tables rewritten; all but the first wait for it: minutes where they are large. An attempt waits for what one before it began. */
export const { purgeIntegration, finishPurge, sweepLateWrites } = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '30 seconds' },
  priority: { priorityKey: 2 },
});

/** Goes through the integrations of all tenants. The next hour's run does what a failed one left. */
export const { reconcile, raiseEvents, startDigests } = proxyActivities<Activities>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 5 },
  priority: { priorityKey: 4 },
});

/**
 * The provider's outages last for hours, and its rate limits say how long to wait. An activity whose worker was killed
 * is retried by another worker after the heartbeat timeout.
 */
const reads = {
  taskQueue: READS_TASK_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '20 seconds',
  // A cancelled read may still be writing: a purge must not begin before it has ended.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
} as const;
/** Attempts soon are five minutes apart: these last for about six hours, and for one. */
const forHours = { initialInterval: '1 second', maximumInterval: '5 minutes', maximumAttempts: 80 } as const;
const forAnHour = { ...forHours, maximumAttempts: 20 } as const;

/** The one request by which a stopped integration finds out that its key works again. */
export function probeActivities(tenantId: string) {
  const priority = { priorityKey: 3, fairnessKey: fairnessKeyOf(tenantId) };
  return proxyActivities<Activities>({ ...reads, retry: forAnHour, priority });
}

/** Activities that read from the provider. Recent days go before a backfill's older ones, and tenants take turns. */
export function readActivities(tenantId: string, mode: SyncMode) {
  const isBackfill = mode === 'backfill';
  const fairnessKey = fairnessKeyOf(tenantId);
  const withPriority = (priorityKey: number) => ({ ...reads, priority: { priorityKey, fairnessKey } });
  const newest = proxyActivities<Activities>({ ...withPriority(isBackfill ? 4 : 3), retry: forHours });
  const older = proxyActivities<Activities>({ ...withPriority(isBackfill ? 5 : 3), retry: forHours });
  // Fewer attempts than for costs: the next daily sync reads these anyway and must not wait.
  const details = proxyActivities<Activities>({ ...withPriority(isBackfill ? 5 : 3), retry: forAnHour });
  return {
    syncNewest: newest.syncSlices,
    syncCosts: older.syncSlices,
    syncUsage: details.syncSlices,
    syncNames: details.syncNames,
  };
}

export type SyncSlices = ReturnType<typeof readActivities>['syncCosts'];
