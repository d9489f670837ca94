import { Paper, Skeleton, Text } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';

type Props = { title: string; note: string; length: number; children: ReactNode };

/** One figure on one line, however long: `length`, in letters of full size, says how small it has to be. */
export function Figure({ title, note, length, children }: Props) {
  return (
    <Paper withBorder radius="md" className="figure-card">
      <Text component="h2" size="sm" c="dimmed">
        {title}
      </Text>
      <p className="figure" style={{ '--length': length } as CSSProperties}>
        {children}
      </p>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  );
}

/** Holds the place of a figure that is on its way, so that nothing moves when it arrives. */
export function FigureToCome() {
  return (
    <Paper withBorder radius="md" className="figure-card" aria-hidden>
      <Skeleton height="1.2rem" width="50%" />
      <Skeleton height="1.5rem" my={4} />
      <Skeleton height="1rem" width="80%" />
    </Paper>
  );
}
