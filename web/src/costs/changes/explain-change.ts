import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { exactMoney, roughNumber, signedPercent } from '../../ui/format/money.ts';
import type { Compared } from '../data/compare.ts';
import { inUnits, unitName, unitPrice } from '../data/unit-price.ts';

/** A price that moved by less has not: it is a quotient. In percent. */
const SAME_PRICE = 0.5;

/** Whether more was used, or whether it became dearer. */
export function whyInWords({ ended: now, before }: Pick<Compared, 'ended' | 'before'>, currency: string): string {
  const amountOf = (quantity: string, unit: string) => inUnits(roughNumber(quantity), unit);
  const { quantity, quantity_unit: unit } = now;
  if (quantity === null || !unit) {
    const isGone = now.amount === '0' && before?.quantity && before.quantity_unit;
    if (!isGone) return 'OpenAI does not tell a quantity.';
    return `None any more, ${amountOf(before.quantity ?? '0', before.quantity_unit ?? '')} before.`;
  }
  const price = unitPrice({ amount: now.amount, quantity }, unit);
  const priceNow = price ? `${exactMoney(price.price, currency)} per ${price.per}` : 'no price';
  if (!before) return `New: ${amountOf(quantity, unit)} at ${priceNow}.`;
  if (before.quantity === null || before.quantity_unit !== unit) {
    return `${amountOf(quantity, unit)} at ${priceNow}; before, OpenAI told none in ${unitName(unit)}.`;
  }

  const more = percentOf(subtractDecimals(quantity, before.quantity), before.quantity);
  const used = `${amountOf(quantity, unit)} instead of ${roughNumber(before.quantity)}${more === null ? '' : ` (${signedPercent(more, 0)})`}`;
  const old = unitPrice({ amount: before.amount, quantity: before.quantity }, unit);
  if (!price) return `${used}.`;
  const dearer = old && percentOf(subtractDecimals(price.price, old.price), old.price);
  const samePrice = dearer === null || Math.abs(Number(dearer)) < SAME_PRICE;
  if (samePrice) return `${used}, at the same price of ${priceNow}.`;
  return `${used}, at ${priceNow} on average instead of ${old ? exactMoney(old.price, currency) : 'none'}.`;
}
