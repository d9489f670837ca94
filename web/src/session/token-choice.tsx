import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Session } from '#api/routes/session/get-session.ts';
import { createApi } from '../api/client.ts';
import layout from '../ui/layout.module.css';

type Props = { current: string; offered: string; onChoose: (token: string) => void };

/**
 * Asks before the token of a link takes the place of the one in use: a link from a stranger could otherwise show, and
 * connect an Admin key to, the stranger's tenant.
 */
export function TokenChoice({ current, offered, onChoose }: Props) {
  const [mine, theirs] = [useTenant(current), useTenant(offered)];
  return (
    <main className={layout.narrow}>
      <Paper withBorder p="lg" radius="md">
        <Stack>
          <Title order={1} size="h3">
            This link has another token
          </Title>
          <Text size="sm">
            You use the token of {mine}. The link has the token of {theirs}. Switch only if you know who sent the link:
            an Admin key that you connect afterwards belongs to the tenant of the token.
          </Text>
          <div className={layout.row}>
            <Button onClick={() => onChoose(current)}>Keep mine</Button>
            <Button variant="default" onClick={() => onChoose(offered)}>
              Use the link’s token
            </Button>
          </div>
        </Stack>
      </Paper>
    </main>
  );
}

/** Whose token it is, in words. */
function useTenant(token: string): string {
  const [tenant, setTenant] = useState('a tenant');
  useEffect(() => {
    const left = new AbortController();
    createApi(token, () => setTenant('nobody: it is not valid'))('/v1/session', { signal: left.signal })
      .then(async (response) => setTenant(`the tenant “${((await response.json()) as Session).tenant_id}”`))
      .catch(() => {});
    return () => left.abort();
  }, [token]);
  return tenant;
}
