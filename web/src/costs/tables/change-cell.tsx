import { percentOf } from '#domain/decimal.ts';
import { signedMoney } from '../../ui/format/money.ts';
import { signedPercent } from '../../ui/format/number.ts';
import styles from './tables.module.css';

type Props = { change: string; before: string; currency: string };

/** A change in money and in percent; 'new' if there was nothing before. */
export function ChangeCell({ change, before, currency }: Props) {
  const percent = percentOf(change, before);
  return (
    <>
      <data value={change}>{signedMoney(change, currency)}</data>
      <small className={styles.aside}>{percent === null ? change !== '0' && 'new' : signedPercent(percent, 1)}</small>
    </>
  );
}
