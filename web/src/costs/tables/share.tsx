import { percentOf } from '#domain/decimal.ts';
import { formatPercent } from '../../ui/format/number.ts';
import { othersColour } from '../data/colours.ts';
import styles from './tables.module.css';

/** An amount's share of the total as a bar. A credit has none. */
export function Share({
  amount,
  of,
  colour = othersColour,
}: {
  amount: string;
  of: string;
  colour: string | undefined;
}) {
  const share = percentOf(amount, of);
  if (share === null || share.startsWith('-') || of.startsWith('-')) return '–';
  return (
    <span className={styles.share}>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="8" rx="4" className={styles.track} />
        <rect width={Math.min(100, Number(share))} height="8" rx="4" fill={colour} />
      </svg>
      {formatPercent(share, 0)}
    </span>
  );
}
