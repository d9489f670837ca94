import { Badge } from '@mantine/core';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { statusLabel } from './status-text.ts';

const colour: Record<IntegrationView['status'], string> = {
  backfilling: 'blue',
  connected: 'teal',
  action_required: 'red',
  disconnected: 'gray',
};

export function StatusBadge({ status }: Pick<IntegrationView, 'status'>) {
  return (
    <Badge variant="outline" color={colour[status]}>
      {statusLabel[status]}
    </Badge>
  );
}
