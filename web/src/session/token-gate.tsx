import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import type { FormEvent } from 'react';
import { keepToken } from './token-storage.ts';

/** What stands in the page's place as long as there is no token that is good. */
export function TokenGate({ refused }: { refused: boolean }) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get('token') ?? '').trim();
    if (!token) return;
    keepToken(token);
    location.reload();
  }
  return (
    <main className="narrow">
      <Paper withBorder p="lg" radius="md">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              {refused ? 'This token is not valid any more' : 'Open this page with its token'}
            </Title>
            <Text c="dimmed" size="sm">
              Ask whoever gave you the link for a fresh one: it has the token. On your own machine,{' '}
              <code>npm start</code> and <code>npm run demo</code> print one. Or paste the token here; it stays in this
              tab.
            </Text>
            <PasswordInput name="token" label="API token" autoComplete="off" required />
            <Button type="submit">Open</Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
