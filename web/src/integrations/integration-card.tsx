import { Alert, Anchor, Button, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { addDays, today } from '#domain/day.ts';
import { sending } from '../api/client.ts';
import { useAsk } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { useSession } from '../session/use-session.ts';
import { longDay, moment } from '../ui/format/day.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { StatusBadge } from './status-badge.tsx';
import { inWords } from './status-text.ts';
import { isStopped } from './use-integrations.ts';
import { workflowsOf } from './workflows-link.ts';

/** What "Sync now" reads: OpenAI still changes days as young as these. */
const SYNCED_DAYS = 7;

/** One organization: how it is, and what can be done about it. */
export function IntegrationCard({ integration, onChanged }: { integration: IntegrationView; onChanged: () => void }) {
  const ask = useAsk();
  const session = useSession();
  const [isEnding, setIsEnding] = useState(false);
  const [asked, setAsked] = useState<{ lastSync: string | null }>();
  const [disconnecting, setDisconnecting] = useState(false);
  const { id, organization, status, problem, coverage, last_synced_at, next_sync_at } = integration;
  const works = !isStopped(integration);
  const workflows = session && workflowsOf(session, id);

  const isSynced = asked && asked.lastSync !== last_synced_at;
  const synced = asked && `The last ${SYNCED_DAYS} days ${isSynced ? 'were read again' : 'are being read again'}.`;
  const ending = isEnding && status !== 'disconnected' && 'It is being disconnected: what runs comes to an end first.';
  const said = ending || (works && synced);

  const sync = useAction(async () => {
    const range = { from: addDays(today(), -SYNCED_DAYS), to: addDays(today(), 1) };
    await ask(`/v1/integrations/${id}/syncs`, sending('POST', range));
    setAsked({ lastSync: last_synced_at });
    onChanged();
  });

  return (
    <Paper withBorder p="md" radius="md" component="article" aria-labelledby={`title-${id}`}>
      <header className="row">
        <Title order={2} size="h4" id={`title-${id}`}>
          {organization.name}
        </Title>
        <StatusBadge status={status} />
      </header>
      <Text size="sm" c="dimmed" mt={4}>
        {inWords(integration)}
      </Text>
      {problem && (
        <Alert color="red" variant="outline" title={problem.title} mt="sm">
          {problem.detail}
        </Alert>
      )}
      <dl className="facts">
        <dt>Last sync</dt>
        <dd>{last_synced_at ? moment(last_synced_at) : 'Not yet'}</dd>
        <dt>Next sync</dt>
        <dd>{next_sync_at ? moment(next_sync_at) : 'Paused'}</dd>
        <dt>Days</dt>
        <dd>
          {coverage.days} since {longDay(coverage.from)}, {coverage.missing_days} missing
        </dd>
        <dt>Facts</dt>
        <dd>{coverage.facts.toLocaleString()}</dd>
      </dl>
      {said && (
        <Text size="sm" role="status" mb="sm">
          {said}
        </Text>
      )}
      {sync.error !== undefined && <ProblemAlert error={sync.error} isOfAction />}
      <div className="row">
        {works && (
          <Button size="xs" onClick={sync.run} loading={sync.running}>
            Sync now
          </Button>
        )}
        <Button size="xs" variant="default" component={Link} href={`/integrations/${id}`}>
          Days
        </Button>
        <Button size="xs" variant="default" component={Link} href="/connect">
          {works ? 'Replace key' : 'Connect a key'}
        </Button>
        {status !== 'disconnected' && (
          <Button size="xs" variant="outline" color="red" onClick={() => setDisconnecting(true)}>
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
        opened={disconnecting}
        onClose={() => setDisconnecting(false)}
        onDone={({ takesLonger }) => {
          setIsEnding(takesLonger);
          onChanged();
        }}
      />
    </Paper>
  );
}
