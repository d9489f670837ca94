import { Button, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useMay } from '../../session/use-session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

/** The first page of a new tenant. */
export function NoIntegrations() {
  const mayConnect = useMay('integrations:write');
  return (
    <main>
      <EmptyState>
        <Title order={1} size="h4">
          Nothing is connected yet
        </Title>
        <Text c="dimmed">
          {mayConnect
            ? 'Connect OpenAI with an Admin key: a year of costs arrives within minutes.'
            : 'Your token may read. Someone with one that may connect has to connect OpenAI.'}
        </Text>
        {mayConnect && (
          <Button component={Link} href="/connect">
            Connect OpenAI
          </Button>
        )}
      </EmptyState>
    </main>
  );
}
