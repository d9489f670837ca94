import { Alert, Button } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { describeStatus } from '../../integrations/status-text.ts';
import { localTime } from '../../ui/format/day.ts';

/** Says that no new days arrive from an integration: why, since when, and what to do. */
export function StoppedNotice({ integration, name }: { integration: IntegrationView; name: string }) {
  const { id, problem, last_synced_at } = integration;
  return (
    <Alert color="red" variant="outline" title={problem?.title ?? 'No new days arrive'} role="status">
      {name}: {problem?.detail ?? describeStatus(integration)}{' '}
      {last_synced_at && `The figures are as of ${localTime(last_synced_at)}.`}
      <div>
        <Button component={Link} href={`/connect?integration=${id}`} size="xs" mt="xs">
          {problem ? 'Replace key' : 'Connect a key'}
        </Button>
      </div>
    </Alert>
  );
}
