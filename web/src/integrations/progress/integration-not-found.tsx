import { Button, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import layout from '../../ui/layout.module.css';

/** The page of an integration that does not exist, or no longer exists. */
export function IntegrationNotFound() {
  return (
    <main className={layout.narrow}>
      <Title order={1} size="h3">
        This integration does not exist
      </Title>
      <Text>It was deleted, or its address is mistyped.</Text>
      <div>
        <Button component={Link} href="/integrations" variant="default">
          All integrations
        </Button>
      </div>
    </main>
  );
}
