import { type SearchAttributes, workflowInfo } from '@temporalio/workflow';
import { addDays, dayAt, today } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { rereadOf, type SyncReport } from '#domain/sync.ts';
import { checkIntegration } from './input/check-input.ts';
import { syncDays } from './sync/sync-days.ts';

/**
 * Reads yesterday, today so far, the days that the provider may have restated, and what an outage left out. A run that
 * is late reads up to today as well. On Mondays more days are read again; a run that is late makes up for its Monday.
 */
export async function dailySync(integration: IntegrationKey): Promise<SyncReport> {
  checkIntegration(integration);
  const { tenant_id, integration_id } = integration;
  const due = dayAt((scheduledTime(workflowInfo().searchAttributes) ?? workflowInfo().startTime).getTime());
  const now = today();
  return syncDays({ tenant_id, integration_id }, { mode: 'daily', to: addDays(now, 1), reread: rereadOf(due, now) });
}

/** When the schedule was due. Undefined of a run that was not started by it. */
function scheduledTime(attributes: SearchAttributes): Date | undefined {
  const [at] = attributes.TemporalScheduledStartTime ?? [];
  return at instanceof Date ? at : undefined;
}
