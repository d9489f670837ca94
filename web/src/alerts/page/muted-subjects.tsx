import { Button, Text, Title } from '@mantine/core';
import { useRef } from 'react';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useAction } from '../../api/use-action.ts';
import { useNames } from '../../costs/data/use-names.ts';
import layout from '../../ui/layout.module.css';
import { type Subject, subjectInWords, unmute } from '../subject-to-mute.ts';
import { useChangeAnomalySettings } from '../use-anomaly-settings.ts';
import styles from './alerts.module.css';

type Props = { muted: readonly Subject[]; mayChange: boolean };

/** What raises no alerts of unusual costs, by name. */
export function MutedSubjects({ muted, mayChange }: Props) {
  const names = useNames(Object.groupBy(muted, ({ dimension }) => dimension));
  const change = useChangeAnomalySettings();
  const heading = useRef<HTMLHeadingElement>(null);
  const restore = useAction(async (subject: Subject) => {
    await change(({ muted }) => ({ muted: unmute(subject, muted) }));
    // The button that had the focus is gone.
    heading.current?.focus();
  });
  return (
    <section aria-label="Muted">
      <Title order={3} size="h6" ref={heading} tabIndex={-1}>
        Muted
      </Title>
      <Text size="sm" c="dimmed">
        {muted.length === 0
          ? 'Nothing. An alert of unusual costs has a button that mutes what it is about.'
          : 'No alerts of unusual costs of these. What has the same costs, such as a key of a muted project, is still told.'}
      </Text>
      {restore.error !== undefined && <ProblemAlert error={restore.error} isOfAction />}
      <ul className={styles.muted}>
        {muted.map((subject) => {
          const words = subjectInWords(subject, names.get(subject.value));
          return (
            <li key={`${subject.dimension} ${subject.value}`} className={layout.row}>
              <Text size="sm" className={styles.title}>
                {words}
              </Text>
              {mayChange && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Unmute ${words}`}
                  aria-busy={restore.running}
                  onClick={() => restore.run(subject)}
                >
                  Unmute
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
