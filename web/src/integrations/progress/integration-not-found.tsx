import { Button, Text, Title } from '@mantine/core';
import { Link } from 'wouter';

/** What stands in the place of an integration that the API does not know, or not any more. */
export function NotThere() {
  return (
    <main className="narrow">
      <Title order={1} size="h3">
        This integration is not there
      </Title>
      <Text>It was erased, or its address is mistyped.</Text>
      <div>
        <Button component={Link} href="/integrations" variant="default">
          All integrations
        </Button>
      </div>
    </main>
  );
}
