import { workflowInfo } from '@temporalio/workflow';
import { addDays, dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { type SyncReport, syncDays } from './sync-days.ts';

/** Reads what is missing of the last 365 days, newest first. Run again, it does only what is still missing. */
export function backfill(integration: IntegrationKey): Promise<SyncReport> {
  return syncDays(integration, {
    to: addDays(dayAt(workflowInfo().startTime.getTime()), 1),
    reread_days: 0,
    urgency: 'backfill',
  });
}
