import { percentOf } from '#domain/decimal.ts';
import { signedMoney, signedPercent } from '../../ui/format/money.ts';

type Props = { change: string; before: string; currency: string };

/** How much more or less than before; what was not there before is new. */
export function Change({ change, before, currency }: Props) {
  const percent = percentOf(change, before);
  return (
    <>
      <data value={change}>{signedMoney(change, currency)}</data>
      <small className="aside">{percent === null ? change !== '0' && 'new' : signedPercent(percent, 1)}</small>
    </>
  );
}
