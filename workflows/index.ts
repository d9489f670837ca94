/** What a worker runs. */
export { backfill } from './backfill.ts';
export { connectIntegration } from './connect-integration.ts';
export { dailySync } from './daily-sync.ts';
export { disconnectIntegration } from './disconnect-integration.ts';
export { syncRange } from './sync-range.ts';
