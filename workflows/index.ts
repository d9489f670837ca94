/** What a worker runs. */
export { backfill } from './backfill.ts';
export { changeIntegration } from './change-integration.ts';
export { connectIntegration } from './connect-integration.ts';
export { dailySync } from './daily-sync.ts';
export { reconcileIntegrations } from './reconcile-integrations.ts';
export { sweepPurged } from './sweep-purged.ts';
export { syncRange } from './sync-range.ts';
