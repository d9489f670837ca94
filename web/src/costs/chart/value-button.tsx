import { UnstyledButton } from '@mantine/core';
import { TruncatedName } from '../../ui/truncated-name.tsx';
import { othersColour } from '../data/colours.ts';
import styles from './value-button.module.css';

type Props = {
  name: string;
  /** In the chart; undefined for values that it does not draw one by one. */
  colour: string | undefined;
  /** Undefined disables the button. */
  onClick: (() => void) | undefined;
};

/** A value with its colour in the chart. */
export function ValueButton({ name, colour = othersColour, onClick }: Props) {
  return (
    <UnstyledButton className={styles.button} disabled={onClick === undefined} onClick={onClick}>
      <svg className={styles.swatch} viewBox="0 0 10 10" aria-hidden="true">
        <rect width="10" height="10" rx="2" fill={colour} />
      </svg>
      <span className={styles.name}>
        <TruncatedName text={name} />
      </span>
    </UnstyledButton>
  );
}
