import { Anchor, Paper, Progress, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import layout from '../../ui/layout.module.css';

/** The progress of a running backfill. The page's figures cover the days that have arrived. */
export function BackfillNotice({ integration, name }: { integration: IntegrationView; name: string }) {
  const { id, progress } = integration;
  const { days_done, days_total } = progress;
  return (
    <Paper withBorder p="sm" radius="md" role="status">
      <div className={layout.row}>
        <Text size="sm">
          {name}: {days_done} of {days_total} days have arrived, the newest first. This page updates by itself.
        </Text>
        <Anchor component={Link} href={`/integrations/${id}`} size="sm" underline="always" className={layout.end}>
          Watch the backfill
        </Anchor>
      </div>
      <Progress mt={6} aria-label={`Backfill of ${name}`} value={(100 * days_done) / Math.max(1, days_total)} />
    </Paper>
  );
}
