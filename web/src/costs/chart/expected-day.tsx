import { Text } from '@mantine/core';
import { roundMoney } from '../../ui/format/money.ts';
import { periodName } from '../view/period-name.ts';
import type { MarkedPeriod } from './marked-periods.ts';
import { PeriodHeader } from './period-header.tsx';
import styles from './read-out.module.css';

type Props = { day: MarkedPeriod; currency: string; onMove: (periods: number) => void };

/** What is known of a day to come. */
export function ExpectedDay({ day, currency, onMove }: Props) {
  return (
    <section className={styles.readOut} aria-label="Chosen day">
      <PeriodHeader name={periodName(day, 'day')} note="to come" granularity="day" onMove={onMove} />
      <Text size="sm">
        {day.expected === undefined
          ? 'Too few complete days to say what it will cost.'
          : `About ${roundMoney(day.expected, currency)} expected.`}
      </Text>
    </section>
  );
}
