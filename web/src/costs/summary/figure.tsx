import { Paper, Skeleton, Text } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import styles from './summary.module.css';

type Props = {
  title: string;
  note: string;
  /** Of the figure, in characters of full size. */
  length: number;
  children: ReactNode;
};

/** One figure on one line: a long one is displayed smaller. */
export function Figure({ title, note, length, children }: Props) {
  return (
    <Paper withBorder radius="md" className={styles.card}>
      <Text component="h2" size="sm" c="dimmed">
        {title}
      </Text>
      <p className={styles.figure} data-figure style={{ '--length': length } as CSSProperties}>
        {children}
      </p>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  );
}

/** Reserves the space of a figure while it loads. */
export function FigureSkeleton() {
  return (
    <Paper withBorder radius="md" className={styles.card} aria-hidden>
      <Skeleton height="1.2rem" width="50%" />
      <Skeleton height="1.5rem" my={4} />
      <Skeleton height="1rem" width="80%" />
    </Paper>
  );
}
