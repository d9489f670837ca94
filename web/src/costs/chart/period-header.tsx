import { ActionIcon, Text } from '@mantine/core';
import layout from '../../ui/layout.module.css';
import type { Granularity } from '../view/periods.ts';

type Props = {
  name: string;
  /** How final its figures are. */
  note: string | undefined;
  granularity: Granularity;
  /** Moves by a number of periods. */
  onMove: (periods: number) => void;
};

/** The chosen period, and the ways to its neighbours. */
export function PeriodHeader({ name, note, granularity, onMove }: Props) {
  return (
    <header className={layout.row}>
      <strong aria-live="polite">{name}</strong>
      {note && (
        <Text span size="sm" c="dimmed">
          {note}
        </Text>
      )}
      <span className={layout.end}>
        <ActionIcon variant="default" size="sm" aria-label={`The ${granularity} before`} onClick={() => onMove(-1)}>
          ‹
        </ActionIcon>
        <ActionIcon variant="default" size="sm" aria-label={`The ${granularity} after`} onClick={() => onMove(1)}>
          ›
        </ActionIcon>
      </span>
    </header>
  );
}
