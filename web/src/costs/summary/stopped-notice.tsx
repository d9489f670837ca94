import { Anchor, Paper, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { inWords } from '../../integrations/status-text.ts';

/** Where nothing new arrives: the figures beside it are those of the days until then. */
export function StoppedNotice({ integration }: { integration: IntegrationView }) {
  return (
    <Paper withBorder p="sm" radius="md" role="status">
      <div className="row">
        <Text size="sm">
          {integration.organization.name}: {inWords(integration)}
        </Text>
        <Anchor component={Link} href="/integrations" size="sm" underline="always" className="end">
          Integrations
        </Anchor>
      </div>
    </Paper>
  );
}
