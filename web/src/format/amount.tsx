import { splitMoney } from './money.ts';

/** Money with every digit; those behind the cents step back. */
export function Amount({ amount, currency }: { amount: string; currency: string }) {
  const { cents, rest, after } = splitMoney(amount, currency);
  return (
    <data value={amount} className="amount">
      {cents}
      {rest && <span className="rest">{rest}</span>}
      {after}
    </data>
  );
}
