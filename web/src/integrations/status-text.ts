import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { moment } from '../ui/format/day.ts';

export const statusName: Record<IntegrationView['status'], string> = {
  backfilling: 'Backfilling',
  connected: 'Connected',
  action_required: 'Action required',
  disconnected: 'Disconnected',
};
/** What happens now, and next. */
export function inWords({ status, progress, coverage, next_sync_at }: IntegrationView): string {
  const { days_done, days_total } = progress;
  const next = next_sync_at ? ` The next sync is on ${moment(next_sync_at)}.` : '';
  switch (status) {
    case 'backfilling':
      return `${days_done} of ${days_total} days have arrived. What fails is tried again by itself; you may close this page.`;
    case 'connected':
      return coverage.missing_days > 0
        ? `${coverage.missing_days} days are missing; the next sync reads them.${next}`
        : `Everything has arrived.${next}`;
    case 'action_required':
      return 'Syncing has stopped, and nothing that was read is lost. Connect a new key, and it goes on from there.';
    case 'disconnected':
      return 'The key is destroyed and nothing is read any more. Connect a key to go on.';
  }
}
