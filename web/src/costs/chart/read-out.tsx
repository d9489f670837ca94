import { ActionIcon, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Amount } from '../../ui/amount.tsx';
import { weekday, weekdayName } from '../../ui/format/day.ts';
import { signedPercent } from '../../ui/format/number.ts';
import layout from '../../ui/layout.module.css';
import { whyMissing } from '../data/missing-days.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { dayFigures } from './day-figures.ts';
import styles from './read-out.module.css';
import type { Series } from './series.ts';
import { ValueButton } from './value-button.tsx';

type Props = {
  costs: ViewCosts;
  series: readonly Series[];
  day: string;
  restatement: string | undefined;
  /** Moves by a number of days. */
  onMove: (days: number) => void;
  onChoose: (value: string) => void;
};

/** The figures of the chosen day, for mouse, finger and keyboard alike; its rows are the chart's legend. */
export function ReadOut({ costs, series, day, restatement, onMove, onChoose }: Props) {
  const { groups, missing } = costs;
  const currency = groups.currency ?? 'usd';
  const { rows, total, isComparable } = useMemo(() => dayFigures(costs, series, day), [costs, series, day]);
  const why = whyMissing(day, missing);
  const isOpen = groups.synced_through === null || day > groups.synced_through;
  return (
    <section className={styles.readOut} aria-label="Day">
      <header className={layout.row}>
        <strong aria-live="polite">{weekday(day)}</strong>
        {!why && isOpen && (
          <Text span size="sm" c="dimmed">
            so far
          </Text>
        )}
        <span className={layout.end}>
          <ActionIcon variant="default" size="sm" aria-label="Day before" onClick={() => onMove(-1)}>
            ‹
          </ActionIcon>
          <ActionIcon variant="default" size="sm" aria-label="Day after" onClick={() => onMove(1)}>
            ›
          </ActionIcon>
        </span>
      </header>
      {why && <Text size="sm">{why}</Text>}
      <table className={styles.rows}>
        <caption className={layout.visuallyHidden}>Costs on {weekday(day)}</caption>
        <tbody>
          {rows.map(({ value, name, colour, amount, percent }) => (
            <tr key={JSON.stringify(value)}>
              <th scope="row">
                <ValueButton name={name} colour={colour} onClick={value === null ? undefined : () => onChoose(value)} />
              </th>
              <td>{why ? '–' : <Amount amount={amount} currency={currency} />}</td>
              <td className={styles.percent}>{!why && percent !== null ? signedPercent(percent, 0) : '–'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td>{why ? '–' : <Amount amount={total.amount} currency={currency} />}</td>
            <td className={styles.percent}>{!why && total.percent !== null ? signedPercent(total.percent, 0) : '–'}</td>
          </tr>
        </tfoot>
      </table>
      <Text size="xs" c="dimmed">
        {isComparable && `% against the four ${weekdayName(day)} before. `}
        {restatement && `${restatement}.`}
      </Text>
    </section>
  );
}
