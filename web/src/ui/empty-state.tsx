import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** Stands in the place of data that do not exist yet, and says how to get them. */
export function EmptyState({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder p="xl" radius="md" className={styles.empty}>
      {children}
    </Paper>
  );
}
