import { workflowInfo } from '@temporalio/workflow';
import type { IntegrationKey } from '#clickhouse/integrations/integrations.ts';
import { type SyncReport, syncDays } from './sync-days.ts';
import { dayAfter } from './utc-day.ts';

/** Reads what is missing of the last 365 days, newest first. Run again, it does only what is still missing. */
export function backfill(integration: IntegrationKey): Promise<SyncReport> {
  return syncDays(integration, { to: dayAfter(workflowInfo().startTime), reread_days: 0, urgency: 'backfill' });
}
