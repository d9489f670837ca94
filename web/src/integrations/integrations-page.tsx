import { Button, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { OVERVIEW, useOverview } from '../overview/use-overview.ts';
import { useMay } from '../session/use-session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import layout from '../ui/layout.module.css';
import { Loading } from '../ui/loading.tsx';
import { AT_ONCE, ShowMore } from '../ui/show-more.tsx';
import { useTitle } from '../ui/use-title.ts';
import { IntegrationCard } from './integration-card.tsx';
import styles from './integrations-page.module.css';
import { distinctName } from './organization-name.ts';

const REFRESH_MS = 5000;
/** More than these are searched rather than looked through. */
const FEW = 12;

/** Every organization that is or was connected, with its actions. */
export function IntegrationsPage() {
  useTitle('Integrations');
  const client = useQueryClient();
  const mayConnect = useMay('integrations:write');
  const { overview, error } = useOverview({ polled: () => REFRESH_MS });
  const integrations = overview?.integrations;
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(AT_ONCE);
  const named = useMemo(
    () => (integrations ?? []).map((each) => ({ integration: each, name: distinctName(each, integrations ?? []) })),
    [integrations],
  );
  const found = named
    .filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
    // What needs a key comes first.
    .toSorted((a, b) => Number(needsKey(b.integration)) - Number(needsKey(a.integration)));
  return (
    <main>
      <header className={layout.row}>
        <Title order={1} size="h3">
          Integrations
        </Title>
        <span className={layout.end}>
          {(integrations?.length ?? 0) > FEW && (
            <TextInput
              size="xs"
              aria-label="Find an organization"
              placeholder="Find"
              value={search}
              onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            />
          )}
          {mayConnect && (
            <Button component={Link} href="/connect" size="xs">
              Connect OpenAI
            </Button>
          )}
        </span>
      </header>
      {error && <ProblemAlert error={error} />}
      {!integrations && !error && <Loading />}
      {integrations?.length === 0 && (
        <EmptyState>
          <Text>No organization is connected. It takes three minutes and an Admin key.</Text>
        </EmptyState>
      )}
      <div className={styles.cards}>
        {found.slice(0, most).map(({ integration, name }) => (
          <IntegrationCard
            key={integration.id}
            integration={integration}
            name={name}
            onChanged={() => client.invalidateQueries({ queryKey: [OVERVIEW] })}
          />
        ))}
      </div>
      <ShowMore total={found.length} shown={most} onMore={setMost} />
    </main>
  );
}

const needsKey = ({ status }: IntegrationView) => status === 'action_required';
