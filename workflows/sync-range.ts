import type { DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { SyncReport } from '#domain/sync.ts';
import { checkInput } from './input/check-input.ts';
import { syncDays } from './sync/sync-days.ts';

/** Reads the days of a range again, as requested. */
export async function syncRange(input: IntegrationKey & DayRange): Promise<SyncReport> {
  checkInput(input, ['tenant_id', 'integration_id', 'from', 'to']);
  const { from, to, ...integration } = input;
  return syncDays(integration, { mode: 'range', from, to, reread: 'all' });
}
