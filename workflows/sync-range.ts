import type { IntegrationKey } from '#domain/integration.ts';
import { type SyncReport, syncDays } from './sync-days.ts';

/** However long ago a day was read: read it again. */
const ALWAYS = 100_000;

/** Reads the days of [from, to) again because somebody asked for it. */
export function syncRange({
  from,
  to,
  ...integration
}: IntegrationKey & { from: string; to: string }): Promise<SyncReport> {
  return syncDays(integration, { from, to, reread_days: ALWAYS, urgency: 'daily' });
}
