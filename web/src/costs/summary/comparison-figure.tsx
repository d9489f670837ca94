import { addDays } from '#domain/day.ts';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { longDay, longRange } from '../../ui/format/day.ts';
import { roundMoney, signedMoney } from '../../ui/format/money.ts';
import { signedPercent } from '../../ui/format/number.ts';
import type { ViewDetails } from '../data/view-costs.ts';
import { Figure } from './figure.tsx';

type Props = {
  details: ViewDetails;
  /** Whether the range has days that have not ended: only those that have ended are compared. */
  isRunning: boolean;
  currency: string;
  notComparable: string | undefined;
};

/** The change since the comparison period. */
export function ComparisonFigure({ details, isRunning, currency, notComparable }: Props) {
  const { ended, groupsEnded, groupsBefore } = details;
  const title = `Compared with ${longRange(groupsBefore)}`;
  if (notComparable) {
    return (
      <Figure title={title} note={`Not known: ${notComparable}`} length={1}>
        —
      </Figure>
    );
  }
  const now = groupsEnded.total ?? '0';
  const before = groupsBefore.total ?? '0';
  const change = subtractDecimals(now, before);
  const percent = percentOf(change, before);
  const text = signedMoney(change, currency);
  const upTo = isRunning ? `${roundMoney(now, currency)} up to ${longDay(addDays(ended.to, -1))}, ` : '';
  return (
    <Figure title={title} note={`${upTo}${roundMoney(before, currency)} then`} length={text.length + 5}>
      <data value={change}>{text}</data>{' '}
      <small>{percent === null ? change !== '0' && 'new' : signedPercent(percent, 1)}</small>
    </Figure>
  );
}
