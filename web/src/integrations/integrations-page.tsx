import { Button, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useJson } from '../api/use-fetch.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import layout from '../ui/layout.module.css';
import { Loading } from '../ui/loading.tsx';
import { useTitle } from '../ui/use-title.ts';
import { IntegrationCard } from './integration-card.tsx';
import styles from './integrations-page.module.css';
import { distinctName } from './organization-name.ts';
import { INTEGRATIONS } from './use-integrations.ts';

const REFRESH_MS = 5000;

/** Every organization that is or was connected, with its actions. */
export function IntegrationsPage() {
  useTitle('Integrations');
  const client = useQueryClient();
  const { data, error } = useJson<{ data: IntegrationView[] }>(INTEGRATIONS, { polled: () => REFRESH_MS });
  const integrations = data?.data;
  return (
    <main>
      <header className={layout.row}>
        <Title order={1} size="h3">
          Integrations
        </Title>
        <span className={layout.end}>
          <Button component={Link} href="/connect" size="xs">
            Connect OpenAI
          </Button>
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
        {integrations?.map((integration) => (
          <IntegrationCard
            key={integration.id}
            integration={integration}
            name={distinctName(integration, integrations)}
            onChanged={() => client.invalidateQueries({ queryKey: [INTEGRATIONS] })}
          />
        ))}
      </div>
    </main>
  );
}
