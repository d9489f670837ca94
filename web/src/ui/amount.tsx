import type { CSSProperties } from 'react';
import { digitsBehindCents, splitMoney } from './format/money.ts';

/** Money with every digit; those behind the cents step back. */
export function Amount({ amount, currency }: { amount: string; currency: string }) {
  const { cents, rest, after } = splitMoney(amount, currency);
  return (
    <data value={amount} className="amount">
      {cents}
      <span className="rest">{rest}</span>
      {after}
    </data>
  );
}

/** For a table: its amounts stand with their points beneath each other, however many digits follow. */
export const alignedTo = (amounts: readonly string[], currency: string) =>
  ({ '--rest-digits': Math.max(0, ...amounts.map((amount) => digitsBehindCents(amount, currency))) }) as CSSProperties;
