import styles from './amount.module.css';
import { exactMoney, roundMoney } from './format/money.ts';

/** Money to the cent; its tooltip has every digit, and so has what is copied of it. */
export function Amount({ amount, currency }: { amount: string; currency: string }) {
  return (
    <data value={amount} className={styles.amount} title={exactMoney(amount, currency)}>
      {roundMoney(amount, currency)}
    </data>
  );
}
