import { type SearchAttributes, workflowInfo } from '@temporalio/workflow';
import { addDays, dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Rereading } from '#domain/sync.ts';
import { type SyncReport, syncDays } from './sync-days.ts';

const MONDAY = 1;

/** Reads yesterday, today so far, the days that OpenAI may have restated, and whatever an outage left out. */
export function dailySync({
  rereading,
  ...integration
}: IntegrationKey & { rereading: Rereading }): Promise<SyncReport> {
  const at = scheduledTime(workflowInfo().searchAttributes) ?? workflowInfo().startTime;
  return syncDays(integration, {
    to: addDays(dayAt(at.getTime()), 1),
    reread_days: at.getUTCDay() === MONDAY ? rereading.reread_days_weekly : rereading.reread_days,
    urgency: 'daily',
  });
}

/** The day is that of the schedule, not of the clock: a run that catches up reads what it was due to read. */
function scheduledTime(attributes: SearchAttributes): Date | undefined {
  const [at] = attributes.TemporalScheduledStartTime ?? [];
  return at instanceof Date ? at : undefined;
}
