import { Anchor, Paper, Progress, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';

/** While a backfill runs: how far it is. The figures beside it are those of the days that have arrived. */
export function BackfillNotice({ integration: { id, organization, progress } }: { integration: IntegrationView }) {
  const { days_done, days_total } = progress;
  return (
    <Paper withBorder p="sm" radius="md" role="status">
      <div className="row">
        <Text size="sm">
          {organization.name}: {days_done} of {days_total} days have arrived, the newest first. This page fills by
          itself.
        </Text>
        <Anchor component={Link} href={`/integrations/${id}`} size="sm" underline="always" className="end">
          Watch the backfill
        </Anchor>
      </div>
      <Progress
        mt={6}
        aria-label={`Backfill of ${organization.name}`}
        value={(100 * days_done) / Math.max(1, days_total)}
      />
    </Paper>
  );
}
