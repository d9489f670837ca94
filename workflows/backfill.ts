import { workflowInfo } from '@temporalio/workflow';
import { addDays, dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { SyncReport } from '#domain/sync.ts';
import { checkIntegration } from './input/check-input.ts';
import { syncDays } from './sync/sync-days.ts';

/** Reads the missing days of the last 365, newest first. A second run reads only what is still missing. */
export async function backfill(integration: IntegrationKey): Promise<SyncReport> {
  checkIntegration(integration);
  const to = addDays(dayAt(workflowInfo().startTime.getTime()), 1);
  return syncDays(integration, { mode: 'backfill', to, reread: 'none' });
}
