import { Anchor, Badge, Button, Paper, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { useApi } from '../../api/context.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useAction } from '../../api/use-action.ts';
import { costsOf } from '../../budgets/counted-costs.ts';
import { OVERVIEW } from '../../overview/use-overview.ts';
import { longDay } from '../../ui/format/day.ts';
import layout from '../../ui/layout.module.css';
import { describeEvent, kindName } from '../describe-alert.ts';
import { nameOfSubject, subjectInWords, subjectToMute } from '../subject-to-mute.ts';
import { ALERTS } from '../use-alerts.ts';
import { AlertCauses } from './alert-causes.tsx';
import styles from './alerts.module.css';
import { MuteButton } from './mute-button.tsx';

/** `isLinked`: the address is of this alert, which is read first. */
type Props = { alert: AlertView; mayChange: boolean; isLinked: boolean };

/** One alert: what it says, what became of it, and its actions. */
export function AlertItem({ alert, mayChange, isLinked }: Props) {
  const article = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isLinked) article.current?.focus();
  }, [isLinked]);
  const api = useApi();
  const client = useQueryClient();
  const acknowledge = useAction(async () => {
    await api(`${ALERTS}/${alert.id}/acknowledgements`, { method: 'POST' });
    await Promise.all([ALERTS, OVERVIEW].map((path) => client.invalidateQueries({ queryKey: [path] })));
  });
  const { id, kind, title, text, day, is_quiet, is_below, acknowledged_at, history } = alert;
  const href = costsOf({ ...alert, days: alert });
  const subject = subjectToMute(alert);
  return (
    <Paper
      withBorder
      p="md"
      radius="md"
      component="article"
      aria-labelledby={`title-${id}`}
      className={styles.alert}
      ref={article}
      tabIndex={-1}
    >
      <header className={layout.row}>
        <Badge variant="outline" color={acknowledged_at === null && !is_below ? 'red' : 'gray'}>
          {kindName[kind]}
        </Badge>
        <Text size="sm" c="dimmed">
          {longDay(day)}
        </Text>
        {is_below && <Text size="sm">{kind === 'budget' ? 'Below it again' : 'Over'}</Text>}
        {is_quiet && (
          <Text size="sm" c="dimmed">
            Not told: a worse one was raised with it
          </Text>
        )}
      </header>
      <Title order={2} size="h6" id={`title-${id}`} className={styles.title}>
        {title}
      </Title>
      <Text size="sm" className={styles.title}>
        {text}
      </Text>
      {acknowledge.error !== undefined && <ProblemAlert error={acknowledge.error} isOfAction />}
      <div className={layout.row}>
        {acknowledged_at === null && mayChange && (
          <Button size="xs" variant="default" onClick={() => acknowledge.run()} loading={acknowledge.running}>
            Acknowledge
          </Button>
        )}
        {href && (
          <Anchor size="sm" underline="always" component={Link} href={href}>
            Its costs
          </Anchor>
        )}
        {subject && (
          <MuteButton
            subject={subject}
            words={subjectInWords(subject, nameOfSubject(alert, subject))}
            mayChange={mayChange}
          />
        )}
      </div>
      <AlertCauses {...alert} isOpen={isLinked} />
      <details>
        <summary>History</summary>
        <ol className={styles.history}>
          {history.map((event) => (
            <li key={`${event.event} ${event.at}`}>{describeEvent(event, alert)}</li>
          ))}
        </ol>
      </details>
    </Paper>
  );
}
