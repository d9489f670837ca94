import { Text } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { TruncatedName } from '../ui/truncated-name.tsx';
import { isOneOfSeveral } from './tenants-of-browser.ts';
import { useSession } from './use-session.ts';

/** Whose page this is, where the browser is used for several tenants: their tabs would look alike. */
export function TenantName() {
  // Asked for after what the page itself asks for.
  const id = useSession(useDeferredValue(true, false))?.tenant_id;
  const isNeeded = useMemo(() => id !== undefined && isOneOfSeveral(id), [id]);
  if (!isNeeded || !id) return null;
  return (
    <Text size="sm" c="dimmed">
      Tenant: <TruncatedName text={id} />
    </Text>
  );
}
