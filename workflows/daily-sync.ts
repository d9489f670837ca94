import { type SearchAttributes, workflowInfo } from '@temporalio/workflow';
import { addDays, dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Rereading, SyncReport } from '#domain/sync.ts';
import { syncDays } from './sync/sync-days.ts';

const MONDAY = 1;

/**
 * Reads yesterday, today so far, the days that the provider may have restated, and what an outage left out. On Mondays
 * it reads more days again, and the names of all API keys: one may have been renamed.
 */
export function dailySync({
  rereading,
  ...integration
}: IntegrationKey & { rereading: Rereading }): Promise<SyncReport> {
  const at = scheduledTime(workflowInfo().searchAttributes) ?? workflowInfo().startTime;
  const to = addDays(dayAt(at.getTime()), 1);
  const isMonday = at.getUTCDay() === MONDAY;
  const reread_days = isMonday ? rereading.reread_days_weekly : rereading.reread_days;
  const unnamed_since = isMonday ? undefined : addDays(to, -reread_days - 1);
  return syncDays(integration, { mode: 'daily', to, reread_days, unnamed_since });
}

/** When the schedule was due. A run that catches up after an outage reads the days of its own date, not of today. */
function scheduledTime(attributes: SearchAttributes): Date | undefined {
  const [at] = attributes.TemporalScheduledStartTime ?? [];
  return at instanceof Date ? at : undefined;
}
