import type { CSSProperties } from 'react';
import styles from './amount.module.css';
import { digitsBehindCents, splitMoney } from './format/money.ts';

/** Money with every digit; those behind the cents are smaller. */
export function Amount({ amount, currency }: { amount: string; currency: string }) {
  const { cents, rest, after } = splitMoney(amount, currency);
  return (
    <data value={amount} className={styles.amount}>
      {cents}
      <span className={styles.rest}>{rest}</span>
      {after}
    </data>
  );
}

/** A table's style that aligns the decimal points of its amounts, which have different numbers of digits. */
export const alignAmounts = (amounts: readonly string[], currency: string) =>
  ({ '--rest-digits': Math.max(0, ...amounts.map((amount) => digitsBehindCents(amount, currency))) }) as CSSProperties;
