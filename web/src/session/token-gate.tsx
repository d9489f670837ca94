import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useEffect } from 'react';
import layout from '../ui/layout.module.css';
import { askOtherTabs } from './other-tabs.ts';
import { storeToken } from './token-storage.ts';

/** What the page shows while it has no valid token. */
export function TokenGate({ refused }: { refused: boolean }) {
  // Another tab that was too busy to respond at once still may.
  useEffect(() => (refused ? undefined : askOtherTabs(open)), [refused]);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get('token') ?? '').trim();
    if (token) open(token);
  }
  return (
    <main className={layout.narrow}>
      <Paper withBorder p="lg" radius="md">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              {refused ? 'This token is no longer valid' : 'Open this page with its token'}
            </Title>
            <Text c="dimmed" size="sm">
              Ask the person who gave you the link for a new one: it contains the token. On your own machine,{' '}
              <code>npm start</code> and <code>npm run demo</code> print a link. Or paste the token here; it stays in
              this tab.
            </Text>
            <PasswordInput name="token" label="API token" autoComplete="off" required />
            <Button type="submit">Open</Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

function open(token: string): void {
  storeToken(token);
  location.reload();
}
