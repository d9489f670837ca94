import { Button, Text } from '@mantine/core';
import { isMuted } from '#domain/anomalies/sensitivity.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useAction } from '../../api/use-action.ts';
import { mute, type Subject, unmute } from '../subject-to-mute.ts';
import { useAnomalySettings, useChangeAnomalySettings } from '../use-anomaly-settings.ts';
import styles from './alerts.module.css';

type Props = { subject: Subject; words: string; mayChange: boolean };

/** Mutes what an alert of unusual costs is about, or undoes that: one button, which keeps the focus. */
export function MuteButton({ subject, words, mayChange }: Props) {
  const { settings } = useAnomalySettings();
  const change = useChangeAnomalySettings();
  const run = useAction((edit: typeof mute) => change(({ muted }) => ({ muted: edit(subject, muted) })));
  if (!settings) return null;
  const what = `No more alerts of unusual costs of ${words}.`;
  const wasMuted = isMuted(subject, settings);
  return (
    <>
      {mayChange && (
        // Not `loading`, which would disable it, and lose the focus. To mute twice is to mute once.
        <Button
          size="xs"
          variant="default"
          title={wasMuted ? undefined : what}
          aria-busy={run.running}
          onClick={() => run.run(wasMuted ? unmute : mute)}
        >
          {wasMuted ? 'Unmute' : 'Mute'}
        </Button>
      )}
      {wasMuted && (
        <Text size="sm" className={styles.title}>
          {what}
        </Text>
      )}
      {run.error !== undefined && <ProblemAlert error={run.error} isOfAction />}
    </>
  );
}
