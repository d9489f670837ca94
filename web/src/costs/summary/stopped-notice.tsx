import { Anchor, Paper, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { describeStatus } from '../../integrations/status-text.ts';
import layout from '../../ui/layout.module.css';

/** Says that no new days arrive from an integration, and why. */
export function StoppedNotice({ integration }: { integration: IntegrationView }) {
  return (
    <Paper withBorder p="sm" radius="md" role="status">
      <div className={layout.row}>
        <Text size="sm">
          {integration.organization.name}: {describeStatus(integration)}
        </Text>
        <Anchor component={Link} href="/integrations" size="sm" underline="always" className={layout.end}>
          Integrations
        </Anchor>
      </div>
    </Paper>
  );
}
