/** What a worker runs. */
export { backfill } from './backfill.ts';
export { connectIntegration } from './connect-integration.ts';
export { dailySync } from './daily-sync.ts';
