import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '#activities/index.ts';
import { READS_TASK_QUEUE } from './contract/ids.ts';

/** Somebody waits at a screen: a few quick tries, well within the request's deadline. */
export const { validateKey } = proxyActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '12 seconds',
  retry: { initialInterval: '500ms', maximumAttempts: 3 },
  priority: { priorityKey: 1 },
});

/** Our own servers: they come back, however long it takes. */
export const {
  requestAdmission,
  isBackfilling,
  recordIntegration,
  forgetCredential,
  ensureDailySync,
  deleteDailySync,
  planSync,
  concludeSync,
  markDisconnected,
  destroyKey,
} = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '30 seconds' },
  priority: { priorityKey: 2 },
});

/** Fail until running syncs have ended: asked again soon, as somebody waits. */
export const { stopBackfill, stopSyncs } = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200ms', maximumInterval: '2 seconds' },
  priority: { priorityKey: 2 },
});

/** Rewrites tables: minutes where they are large. */
export const { purge } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '30 seconds' },
  priority: { priorityKey: 2 },
});

/**
 * OpenAI: outages last for hours and limits tell us how long to wait, so we are patient. A killed worker's activity is
 * missed after the heartbeat timeout, and tried again by another one.
 */
const patient = {
  taskQueue: READS_TASK_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '5 minutes' },
} as const;

/** Reading OpenAI, in the order of who waits for it: the day before the year, tenants in turn. */
export function providerActivities(tenantId: string, urgency: 'daily' | 'backfill') {
  const priority = { priorityKey: urgency === 'daily' ? 3 : 5, fairnessKey: tenantId.slice(0, 64) };
  const { syncCosts } = proxyActivities<Activities>({ ...patient, scheduleToCloseTimeout: '6 hours', priority });
  // What explains the costs is not waited for as long: the next daily sync, which must not wait either, reads it too.
  const explaining = { ...patient, scheduleToCloseTimeout: '1 hour', priority } as const;
  const { syncUsage, syncNames } = proxyActivities<Activities>(explaining);
  return { syncCosts, syncUsage, syncNames };
}
