import { Button, Paper, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAnswer } from '../api/use-query.ts';
import { Loading } from '../ui/loading.tsx';
import { useTitle } from '../ui/use-title.ts';
import { IntegrationCard } from './integration-card.tsx';

const REFRESH_MS = 5000;

/** Every organization that is or was connected. */
export function IntegrationsPage() {
  useTitle('Integrations');
  const { data, error, mutate } = useAnswer<{ data: IntegrationView[] }>('/v1/integrations', {
    refreshInterval: REFRESH_MS,
  });
  const integrations = data?.data;
  return (
    <main>
      <header className="row">
        <Title order={1} size="h3">
          Integrations
        </Title>
        <span className="end">
          <Button component={Link} href="/connect" size="xs">
            Connect OpenAI
          </Button>
        </span>
      </header>
      {error && <ProblemAlert error={error} />}
      {!integrations && !error && <Loading />}
      {integrations?.length === 0 && (
        <Paper withBorder p="xl" radius="md" className="empty">
          <Text>No organization is connected. It takes three minutes and an Admin key.</Text>
        </Paper>
      )}
      <div className="cards">
        {integrations?.map((integration) => (
          <IntegrationCard key={integration.id} integration={integration} onChanged={() => mutate()} />
        ))}
      </div>
    </main>
  );
}
