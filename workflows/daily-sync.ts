import { type SearchAttributes, workflowInfo } from '@temporalio/workflow';
import { addDays, dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Rereading, SyncReport } from '#domain/sync.ts';
import { syncDays } from './sync/sync-days.ts';

const MONDAY = 1;

/** Reads yesterday, today so far, the days that the provider may have restated, and what an outage left out. */
export function dailySync({
  rereading,
  ...integration
}: IntegrationKey & { rereading: Rereading }): Promise<SyncReport> {
  const at = scheduledTime(workflowInfo().searchAttributes) ?? workflowInfo().startTime;
  return syncDays(integration, {
    mode: 'daily',
    to: addDays(dayAt(at.getTime()), 1),
    reread_days: at.getUTCDay() === MONDAY ? rereading.reread_days_weekly : rereading.reread_days,
  });
}

/** When the schedule was due. A run that catches up after an outage reads the days of its own date, not of today. */
function scheduledTime(attributes: SearchAttributes): Date | undefined {
  const [at] = attributes.TemporalScheduledStartTime ?? [];
  return at instanceof Date ? at : undefined;
}
