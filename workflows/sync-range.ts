import type { DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { SyncReport } from '#domain/sync.ts';
import { syncDays } from './sync/sync-days.ts';

/** Reads the days of a range again, as requested. */
export function syncRange({ from, to, ...integration }: IntegrationKey & DayRange): Promise<SyncReport> {
  return syncDays(integration, { mode: 'range', from, to, reread: 'all' });
}
