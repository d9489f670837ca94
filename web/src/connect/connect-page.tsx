import { Alert, Anchor, Button, List, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { mutate } from 'swr';
import { Link, useSearch } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { type AdminKeyProblem, adminKeyProblem } from '#domain/admin-key.ts';
import { ApiError } from '../api/client.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import layout from '../ui/layout.module.css';
import { useTitle } from '../ui/use-title.ts';
import { connect } from './connect.ts';
import { keyProblemText } from './key-problem-text.ts';
import { NEEDS_CHOICE, OrganizationChoice } from './organization-choice.tsx';

/** The form for an Admin key: of a new organization, or to replace a key that no longer works. */
export function ConnectPage() {
  useTitle('Connect OpenAI');
  const api = useApi();
  const field = useRef<HTMLInputElement>(null);
  // The key is never in React's state: only its field holds it, until it is sent.
  const [keyProblem, setKeyProblem] = useState<AdminKeyProblem | undefined>('empty');
  const [checking, setChecking] = useState<'' | 'checking' | 'slow'>('');
  const replaced = new URLSearchParams(useSearch()).get('integration') ?? '';
  const [choice, setChoice] = useState(replaced);
  const [error, setError] = useState<unknown>();
  const [connected, setConnected] = useState<IntegrationView>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = field.current;
    if (!input || adminKeyProblem(input.value)) return;
    const key = input.value;
    const connecting = connect(api, key, { integrationId: choice, onSlow: () => setChecking('slow') });
    input.value = '';
    setKeyProblem('empty');
    setError(undefined);
    setChecking('checking');
    try {
      setConnected(await connecting);
      await mutate('/v1/integrations');
    } catch (error) {
      setError(error);
      // OpenAI displays a key only once: one that is only not assigned yet need not be pasted again.
      if (needsChoice(error)) input.value = key;
      setKeyProblem(adminKeyProblem(input.value));
      input.focus();
    } finally {
      setChecking('');
    }
  }

  if (connected) return <Connected integration={connected} />;
  return (
    <main className={layout.narrow}>
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
          If you do not see “Admin keys”, you are not an Organization Owner: ask an Owner for the role, or for a key.
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
              readOnly={checking !== ''}
              error={keyProblem && keyProblemText[keyProblem]}
              onChange={({ currentTarget }) => setKeyProblem(adminKeyProblem(currentTarget.value))}
            />
            <Text size="sm" role="status">
              {checking ? progressText[checking] : !keyProblem && 'This looks like an Admin key.'}
            </Text>
            {(replaced !== '' || choice !== '' || needsChoice(error)) && (
              <OrganizationChoice value={choice} onChange={setChoice} />
            )}
            {error !== undefined && <ProblemAlert error={error} isOfAction />}
            <Button type="submit" loading={checking !== ''} aria-disabled={keyProblem !== undefined}>
              Connect
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

const progressText = {
  checking: 'Checking with OpenAI that the key can read costs …',
  slow: 'OpenAI takes its time. The check goes on: you can wait here, or find the organization under Integrations later.',
};

const needsChoice = (error: unknown) =>
  error instanceof ApiError && error.problem.code !== undefined && NEEDS_CHOICE.includes(error.problem.code);

function Connected({ integration: { id, organization } }: { integration: IntegrationView }) {
  return (
    <main className={layout.narrow}>
      <Alert color="teal" variant="outline" role="alert" title={`Connected: ${organization.name}`}>
        Up to 365 days of costs are arriving, newest first.
      </Alert>
      <Button component={Link} href={`/integrations/${id}`} ref={(link: HTMLAnchorElement | null) => link?.focus()}>
        Watch them arrive
      </Button>
    </main>
  );
}
