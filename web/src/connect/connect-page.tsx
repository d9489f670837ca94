import { Anchor, Button, List, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { Overview } from '#api/routes/overview/get-overview.ts';
import { type AdminKeyProblem, adminKeyProblem } from '#domain/admin-key.ts';
import { ApiError } from '../api/client.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { OVERVIEW } from '../overview/use-overview.ts';
import layout from '../ui/layout.module.css';
import { useTitle } from '../ui/use-title.ts';
import { connect } from './connect.ts';
import { keyProblemText } from './key-problem-text.ts';
import { NEEDS_CHOICE, OrganizationChoice } from './organization-choice.tsx';

/** The form for an Admin key: of a new organization, or to replace a key that no longer works. */
export function ConnectPage() {
  useTitle('Connect OpenAI');
  const api = useApi();
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  // The key is never in React's state: only its field holds it, until it is sent.
  const [keyProblem, setKeyProblem] = useState<AdminKeyProblem | undefined>('empty');
  const [checking, setChecking] = useState<'' | 'checking' | 'slow'>('');
  const replaced = new URLSearchParams(useSearch()).get('integration') ?? '';
  const [choice, setChoice] = useState(replaced);
  const [error, setError] = useState<unknown>();
  const [, navigate] = useLocation();

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
      const { id } = await connecting;
      // What the costs begin with: by the overview before, nothing is connected yet.
      await client.invalidateQueries({ queryKey: [OVERVIEW] });
      // Of a single organization, the costs are all costs: the page neither names nor removes such a filter.
      const integrations = client.getQueryData<Overview>([OVERVIEW])?.integrations;
      navigate(integrations?.every((each) => each.id === id) ? '/' : `/?integration_id=${id}`);
    } catch (error) {
      setError(error);
      // OpenAI displays a key only once: a wrong letter can be corrected, and a key be assigned, without pasting again.
      input.value = key;
      setKeyProblem(adminKeyProblem(input.value));
      input.focus();
    } finally {
      setChecking('');
    }
  }

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
          <List.Item>
            Go to Organization → API keys → Admin keys, and click Create. Of its rights, reading usage (api.usage.read)
            is enough; reading projects, keys and users adds their names.
          </List.Item>
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
              description="Only GET requests are made with it. It is encrypted before it is stored, never shown again, and deleted when you disconnect. Costs and usage are kept until you delete them."
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
