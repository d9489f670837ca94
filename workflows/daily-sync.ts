import { type SearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import { type SyncReport, syncDays } from './sync-days.ts';
import { dayAfter } from './utc-day.ts';

/** OpenAI restates recent days: they are read again for a week after they ended, and on Mondays for five weeks. */
const REREAD_DAYS = 7;
const WEEKLY_REREAD_DAYS = 35;
const MONDAY = 1;

/** Reads yesterday, today so far, the days that OpenAI may have restated, and whatever an outage left out. */
export function dailySync(integration: IntegrationKey): Promise<SyncReport> {
  const at = scheduledTime(workflowInfo().searchAttributes) ?? workflowInfo().startTime;
  return syncDays(integration, {
    to: dayAfter(at),
    reread_days: at.getUTCDay() === MONDAY ? WEEKLY_REREAD_DAYS : REREAD_DAYS,
    urgency: 'daily',
  });
}

/** The day is that of the schedule, not of the clock: a run that catches up reads what it was due to read. */
function scheduledTime(attributes: SearchAttributes): Date | undefined {
  const [at] = attributes.TemporalScheduledStartTime ?? [];
  return at instanceof Date ? at : undefined;
}
