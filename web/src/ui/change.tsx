import styles from './change.module.css';
import { exactMoney, signedMoney } from './format/money.ts';
import { signedPercent } from './format/number.ts';

type Props = {
  change: string;
  /** Null if there was nothing before. */
  percent: string | null;
  /** Without it, only the percentage is displayed. */
  currency?: string;
};

/** A change in money and percent. More money is red: nothing else on the page is, but trouble. */
export function Change({ change, percent, currency }: Props) {
  const isMore = change !== '0' && !change.startsWith('-');
  return (
    <span className={styles.change} data-more={isMore || undefined}>
      {currency !== undefined && (
        <data value={change} title={exactMoney(change, currency)}>
          {signedMoney(change, currency)}
        </data>
      )}{' '}
      <span className={styles.percent}>{percent === null ? change !== '0' && 'new' : signedPercent(percent, 1)}</span>
    </span>
  );
}
