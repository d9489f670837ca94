import styles from './chart.module.css';
import type { Series } from './series.ts';
import { ValueButton } from './value-button.tsx';

/** The names of the chart's colours. A click filters by a value, as a click on its bars does. */
export function Legend({ series, onChoose }: { series: readonly Series[]; onChoose: (value: string) => void }) {
  return (
    <ul className={styles.legend} aria-label="Colours">
      {series.map(({ value, name, colour }) => (
        <li key={JSON.stringify(value)}>
          <ValueButton name={name} colour={colour} onClick={value === null ? undefined : () => onChoose(value)} />
        </li>
      ))}
    </ul>
  );
}
