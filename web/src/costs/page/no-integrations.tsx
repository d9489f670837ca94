import { Button, Paper, Text, Title } from '@mantine/core';
import { Link } from 'wouter';

export function NothingConnected() {
  return (
    <main>
      <Paper withBorder p="xl" radius="md" className="empty">
        <Title order={1} size="h4">
          Nothing is connected yet
        </Title>
        <Text c="dimmed">Connect OpenAI with an Admin key: a year of costs arrives within minutes.</Text>
        <Button component={Link} href="/connect">
          Connect OpenAI
        </Button>
      </Paper>
    </main>
  );
}
