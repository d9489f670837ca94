import { Badge } from '@mantine/core';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { longDay } from '../ui/format/day.ts';

/** Says, a week before, that the key expires. */
export function KeyExpiryBadge({
  key_expires_at,
  key_expires_soon,
}: Pick<IntegrationView, 'key_expires_at' | 'key_expires_soon'>) {
  if (!key_expires_at || !key_expires_soon) return null;
  const isOver = Date.parse(key_expires_at) <= Date.now();
  return (
    <Badge variant="outline" color="orange">
      Key {isOver ? 'expired' : 'expires'} on {longDay(key_expires_at.slice(0, 10))}
    </Badge>
  );
}
