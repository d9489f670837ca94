import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import layout from './layout.module.css';
import { useTitle } from './use-title.ts';

/** The page of an unknown address. */
export function NotFound() {
  useTitle('Not found');
  return (
    <main className={layout.narrow}>
      <Title order={1} size="h3">
        There is nothing at this address
      </Title>
      <Text>
        It may be incomplete or mistyped. Go to the{' '}
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
