import { Alert, Anchor, Button, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { addDays, today } from '#domain/day.ts';
import { jsonBody } from '../api/client.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { useMay, useSession } from '../session/use-session.ts';
import { localTime, longDay } from '../ui/format/day.ts';
import layout from '../ui/layout.module.css';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import styles from './integration-card.module.css';
import { KeyExpiryBadge } from './key-expiry-badge.tsx';
import { StatusBadge } from './status-badge.tsx';
import { describeStatus } from './status-text.ts';
import { isStopped } from './use-integrations.ts';
import { workflowsLink } from './workflows-link.ts';

/** The days that "Sync now" reads again: OpenAI still restates days this recent. */
const SYNCED_DAYS = 7;

type Props = {
  integration: IntegrationView;
  /** Tells it from the other cards. */
  name: string;
  onChanged: () => void;
};

/** One organization: its sync state and its actions. */
export function IntegrationCard({ integration, name, onChanged }: Props) {
  const api = useApi();
  const session = useSession();
  const mayChange = useMay('integrations:write');
  const [isDisconnecting, setIsDisconnecting] = useState(false);
  const [syncRequest, setSyncRequest] = useState<{ lastSync: string | null }>();
  const [isDialogOpen, setIsDialogOpen] = useState(false);
  const { id, organization, status, problem, coverage, last_synced_at, next_sync_at } = integration;
  const isSyncing = !isStopped(integration);
  const hasKey = status !== 'disconnected';
  const workflows = session && workflowsLink(session, id);

  const isSynced = syncRequest && syncRequest.lastSync !== last_synced_at;
  const syncMessage =
    syncRequest && `The last ${SYNCED_DAYS} days ${isSynced ? 'were read again' : 'are being read again'}.`;
  const disconnectMessage =
    isDisconnecting && status !== 'disconnected' && 'Disconnecting: the work that is running finishes first.';
  const message = disconnectMessage || (isSyncing ? syncMessage : hasKey && syncRequest && 'The key is tried again.');

  const sync = useAction(async () => {
    const range = { from: addDays(today(), -SYNCED_DAYS), to: addDays(today(), 1) };
    await api(`/v1/integrations/${id}/syncs`, jsonBody('POST', range));
    setSyncRequest({ lastSync: last_synced_at });
    onChanged();
  });

  return (
    <Paper withBorder p="md" radius="md" component="article" aria-labelledby={`title-${id}`}>
      <header className={layout.row}>
        <Title order={2} size="h4" id={`title-${id}`}>
          {name}
        </Title>
        <StatusBadge status={status} />
        <KeyExpiryBadge {...integration} />
      </header>
      <Text size="sm" c="dimmed" mt={4}>
        {describeStatus(integration)}
      </Text>
      {problem && (
        <Alert color="red" variant="outline" title={problem.title} mt="sm">
          {problem.detail}
        </Alert>
      )}
      <dl className={styles.facts}>
        <dt>Organization</dt>
        <dd>{organization.id || 'OpenAI does not say its id'}</dd>
        <dt>Last sync</dt>
        <dd>{last_synced_at ? localTime(last_synced_at) : 'Not yet'}</dd>
        <dt>Next sync</dt>
        <dd>{next_sync_at ? localTime(next_sync_at) : 'Paused'}</dd>
        <dt>Coverage</dt>
        <dd>
          {coverage.days === 1 ? 'A day' : `${coverage.days} days`} since {longDay(coverage.from)},{' '}
          {coverage.missing_days} missing
        </dd>
        <dt>Rows read</dt>
        <dd>{coverage.facts.toLocaleString()}</dd>
      </dl>
      {message && (
        <Text size="sm" role="status" mb="sm">
          {message}
        </Text>
      )}
      {sync.error !== undefined && <ProblemAlert error={sync.error} isOfAction />}
      <div className={layout.row}>
        {hasKey && mayChange && (
          <Button
            size="xs"
            variant={isSyncing ? 'filled' : 'default'}
            onClick={() => sync.run()}
            loading={sync.running}
          >
            {isSyncing ? 'Sync now' : 'Try the key again'}
          </Button>
        )}
        <Button size="xs" variant="default" component={Link} href={`/integrations/${id}`}>
          Coverage
        </Button>
        {mayChange && (
          <Button
            size="xs"
            variant={isSyncing ? 'default' : 'filled'}
            component={Link}
            href={`/connect?integration=${id}`}
          >
            {isSyncing ? 'Replace key' : 'Connect a key'}
          </Button>
        )}
        {hasKey && mayChange && (
          <Button size="xs" variant="default" onClick={() => setIsDialogOpen(true)}>
            Disconnect
          </Button>
        )}
        {workflows && (
          <Anchor size="sm" underline="always" href={workflows} target="_blank" rel="noreferrer">
            Workflows
          </Anchor>
        )}
      </div>
      <DisconnectDialog
        integration={integration}
        name={name}
        opened={isDialogOpen}
        onClose={() => setIsDialogOpen(false)}
        onDone={({ takesLonger }) => {
          setIsDisconnecting(takesLonger);
          onChanged();
        }}
      />
    </Paper>
  );
}
