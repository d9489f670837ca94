import { Alert, Anchor, Button, List, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { mutate } from 'swr';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { useAsk } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useTitle } from '../ui/use-title.ts';
import { judgeKey, type Verdict, verdictInWords } from './check-key-format.ts';
import { connect } from './connect.ts';

/** Where a key is pasted, for a first organization or in place of a key that does not work any more. */
export function ConnectPage() {
  useTitle('Connect OpenAI');
  const ask = useAsk();
  const field = useRef<HTMLInputElement>(null);
  // The key itself is never in the page's state: it stands in its field until it is sent, and nowhere after.
  const [verdict, setVerdict] = useState<Verdict>('empty');
  const [checking, setChecking] = useState(false);
  const [error, setError] = useState<unknown>();
  const [connected, setConnected] = useState<IntegrationView>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = field.current;
    if (!input || judgeKey(input.value) !== 'admin') return;
    const checked = connect(ask, input.value);
    input.value = '';
    setVerdict('empty');
    setError(undefined);
    setChecking(true);
    try {
      setConnected(await checked);
      await mutate('/v1/integrations');
    } catch (error) {
      setError(error);
      input.focus();
    } finally {
      setChecking(false);
    }
  }

  if (connected) return <Connected integration={connected} />;
  const wrong = verdict === 'project' || verdict === 'other';
  return (
    <main className="narrow">
      <Title order={1} size="h3">
        Connect OpenAI
      </Title>
      <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="where">
        <Title order={2} size="h5" id="where" mb="sm">
          Where the key is
        </Title>
        <List type="ordered" size="sm" spacing={6}>
          <List.Item>
            Log in to{' '}
            <Anchor
              size="sm"
              underline="always"
              href="https://platform.openai.com/settings/organization/admin-keys"
              target="_blank"
              rel="noreferrer"
            >
              platform.openai.com
            </Anchor>{' '}
            as an Organization Owner.
          </List.Item>
          <List.Item>Go to Organization → API keys → Admin keys, and click Create.</List.Item>
          <List.Item>Copy the key at once: it is displayed only once. It starts with sk-admin-.</List.Item>
        </List>
        <Text size="sm" c="dimmed" mt="sm">
          You do not see “Admin keys”? Only Organization Owners do: ask one for the role, or for the key.
        </Text>
      </Paper>
      <Paper withBorder p="lg" radius="md">
        <form onSubmit={submit} autoComplete="off" noValidate>
          <Stack>
            <PasswordInput
              ref={field}
              label="Admin API key"
              description="We use it only to read billing and usage. It is encrypted before it is stored, and never shown again."
              placeholder="sk-admin-…"
              autoComplete="off"
              spellCheck={false}
              readOnly={checking}
              error={wrong && verdictInWords[verdict]}
              onChange={({ currentTarget }) => setVerdict(judgeKey(currentTarget.value))}
            />
            <Text size="sm" role="status">
              {checking
                ? 'Asking OpenAI whether the key may read costs …'
                : verdict === 'admin' && verdictInWords.admin}
            </Text>
            {error !== undefined && <ProblemAlert error={error} isOfAction />}
            <Button type="submit" loading={checking} aria-disabled={verdict !== 'admin'}>
              Connect
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

function Connected({ integration: { id, organization } }: { integration: IntegrationView }) {
  return (
    <main className="narrow">
      <Alert color="teal" variant="outline" role="alert" title={`Connected: ${organization.name}`}>
        Up to 365 days of costs arrive now, the newest first.
      </Alert>
      <Button component={Link} href={`/integrations/${id}`} ref={(link: HTMLAnchorElement | null) => link?.focus()}>
        Watch them arrive
      </Button>
    </main>
  );
}
