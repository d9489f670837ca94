import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { exactMoney } from '../../ui/format/money.ts';
import { roughNumber, signedPercent } from '../../ui/format/number.ts';
import type { Compared } from '../data/compare.ts';
import { inUnits, unitName, unitPrice } from '../data/unit-price.ts';

/** Prices that differ by less, in percent, count as the same: a price is a rounded quotient. */
const SAME_PRICE = 0.5;

/** Why a line item's amount changed: its quantity, its price, or both. */
export function explainChange({ ended: now, before }: Pick<Compared, 'ended' | 'before'>, currency: string): string {
  const amountOf = (quantity: string, unit: string) => inUnits(roughNumber(quantity), unit);
  const { quantity, quantity_unit: unit } = now;
  if (quantity === null || !unit) {
    const isGone = now.amount === '0' && before?.quantity && before.quantity_unit;
    if (!isGone) return 'OpenAI reports no quantity.';
    return `None now, ${amountOf(before.quantity ?? '0', before.quantity_unit ?? '')} before.`;
  }
  const price = unitPrice({ amount: now.amount, quantity }, unit);
  const priceNow = price ? `${exactMoney(price.price, currency)} per ${price.per}` : 'no price';
  if (!before) return `New: ${amountOf(quantity, unit)} at ${priceNow}.`;
  if (before.quantity === null || before.quantity_unit !== unit) {
    return `${amountOf(quantity, unit)} at ${priceNow}; before, OpenAI reported no quantity in ${unitName(unit)}.`;
  }

  const growth = percentOf(subtractDecimals(quantity, before.quantity), before.quantity);
  const more = growth === null ? amountOf(quantity, unit) : `${signedPercent(growth, 0)} ${unitName(unit)}`;
  if (!price) return `${more}.`;
  const priceBefore = unitPrice({ amount: before.amount, quantity: before.quantity }, unit);
  const increase = priceBefore && percentOf(subtractDecimals(price.price, priceBefore.price), priceBefore.price);
  const isSamePrice = increase === null || Math.abs(Number(increase)) < SAME_PRICE;
  if (isSamePrice) return `${more}, same price (${priceNow}).`;
  return `${more}, ${priceNow} on average instead of ${priceBefore ? exactMoney(priceBefore.price, currency) : 'none'}.`;
}
