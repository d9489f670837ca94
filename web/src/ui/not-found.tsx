import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useTitle } from './use-title.ts';

/** What an address shows that no page has. */
export function NothingHere() {
  useTitle('Nothing here');
  return (
    <main className="narrow">
      <Title order={1} size="h3">
        There is nothing at this address
      </Title>
      <Text>
        It may be cut off, or mistyped. Go to the{' '}
        <Anchor component={Link} href="/" underline="always">
          costs
        </Anchor>{' '}
        or to the{' '}
        <Anchor component={Link} href="/integrations" underline="always">
          integrations
        </Anchor>
        .
      </Text>
    </main>
  );
}
