import { Alert, Button, Paper, Progress, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { ApiError } from '../../api/client.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useJson } from '../../api/use-fetch.ts';
import { useOverview } from '../../overview/use-overview.ts';
import layout from '../../ui/layout.module.css';
import { Loading } from '../../ui/loading.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { distinctName } from '../organization-name.ts';
import { StatusBadge } from '../status-badge.tsx';
import { describeStatus } from '../status-text.ts';
import { useIntegration } from '../use-integration.ts';
import { Calendar } from './calendar.tsx';
import { IntegrationNotFound } from './integration-not-found.tsx';
import { type Mark, timeLeft } from './time-left.ts';

/** The progress of an integration's backfill, and the state of each of its days. */
export function ProgressPage({ id }: { id: string }) {
  const { integration, error } = useIntegration(id);
  const isNotFound = error instanceof ApiError && error.problem.status === 404;
  const client = useQueryClient();
  const path = `/v1/integrations/${id}/days`;
  const days = useJson<{ data: IntegrationDay[] }>(isNotFound ? null : path);
  const failed = error ?? days.error;
  const all = useOverview().overview?.integrations ?? [];
  const name = integration ? distinctName(integration, all) : 'Integration';
  useTitle(name);
  const first = useRef<Mark>(undefined);
  const done = integration?.progress.days_done;

  useEffect(() => {
    if (done !== undefined) client.invalidateQueries({ queryKey: [path] });
  }, [done, client, path]);

  if (isNotFound) return <IntegrationNotFound />;
  if (!integration) {
    return (
      <main>
        <Title order={1} size="h3">
          Integration
        </Title>
        {failed ? <ProblemAlert error={failed} /> : <Loading />}
      </main>
    );
  }
  const { status, progress, problem } = integration;
  const now = { at: Date.now(), done: progress.days_done };
  first.current ??= now;
  const left = status === 'backfilling' ? timeLeft(first.current, now, progress.days_total) : '';
  return (
    <main>
      <header className={layout.row}>
        <Title order={1} size="h3">
          {name}
        </Title>
        <StatusBadge status={status} />
      </header>
      {failed !== undefined && <ProblemAlert error={failed} />}
      <Paper withBorder p="md" radius="md">
        {status === 'backfilling' && (
          <Progress
            aria-label="Backfill"
            value={(100 * progress.days_done) / Math.max(1, progress.days_total)}
            size="lg"
            mb="sm"
          />
        )}
        <Text role="status">
          {describeStatus(integration)} {left && `${left[0]?.toUpperCase()}${left.slice(1)}.`}
        </Text>
      </Paper>
      {problem && (
        <Alert color="red" variant="outline" title={problem.title}>
          {problem.detail}
        </Alert>
      )}
      <div className={layout.row}>
        <Button component={Link} href="/">
          See the costs
        </Button>
        <Button component={Link} href="/integrations" variant="default">
          All integrations
        </Button>
      </div>
      <Paper withBorder p="md" radius="md">
        {days.data ? <Calendar days={days.data.data} /> : <Loading />}
      </Paper>
    </main>
  );
}
