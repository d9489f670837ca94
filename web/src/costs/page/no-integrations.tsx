import { Button, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { EmptyState } from '../../ui/empty-state.tsx';

/** The first page of a new tenant. */
export function NoIntegrations() {
  return (
    <main>
      <EmptyState>
        <Title order={1} size="h4">
          Nothing is connected yet
        </Title>
        <Text c="dimmed">Connect OpenAI with an Admin key: a year of costs arrives within minutes.</Text>
        <Button component={Link} href="/connect">
          Connect OpenAI
        </Button>
      </EmptyState>
    </main>
  );
}
