import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { localTime } from '../ui/format/day.ts';

export const statusLabel: Record<IntegrationView['status'], string> = {
  backfilling: 'Backfilling',
  connected: 'Connected',
  action_required: 'Action required',
  disconnected: 'Disconnected',
};

/** What an integration is doing, and what happens next. */
export function describeStatus({ status, progress, coverage, next_sync_at }: IntegrationView): string {
  const { days_done, days_total } = progress;
  const next = next_sync_at ? ` The next sync is on ${localTime(next_sync_at)}.` : '';
  switch (status) {
    case 'backfilling':
      return `${days_done} of ${days_total} days have arrived. Failures are retried automatically; you can close this page.`;
    case 'connected':
      return coverage.missing_days > 0
        ? `${coverage.missing_days} days are missing; the next sync reads them.${next}`
        : `Everything has arrived.${next}`;
    case 'action_required':
      return 'Syncing has stopped; all days read so far are kept. The key is tried again daily; connect a new one to continue at once.';
    case 'disconnected':
      return 'The key is deleted and syncing has stopped. Connect a key to continue.';
  }
}
