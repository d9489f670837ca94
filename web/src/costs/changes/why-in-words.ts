import { percentOf } from '../../../../clickhouse/percent.ts';
import { subtract } from '../../format/decimals.ts';
import { exactMoney, roughNumber, signedPercent } from '../../format/money.ts';
import type { Compared } from '../compare.ts';
import { unitName, unitPrice } from '../tables/unit-price.ts';

/** A price that moved by less has not: it is a quotient. In percent. */
const SAME_PRICE = 0.5;

/** Whether more was used, or whether it became dearer. */
export function whyInWords({ now, before }: Pick<Compared, 'now' | 'before'>, currency: string): string {
  const unit = now.quantity_unit ?? before?.quantity_unit;
  if (!unit) return 'OpenAI does not tell a quantity.';
  const amountOf = (quantity: string) => `${roughNumber(quantity)} ${unitName(unit)}`;
  if (now.quantity === null) return `None any more, ${amountOf(before?.quantity ?? '0')} before.`;
  const price = unitPrice({ amount: now.amount, quantity: now.quantity }, unit);
  const priceNow = price ? `${exactMoney(price.price, currency)} per ${price.per}` : 'no price';
  if (!before?.quantity) return `New: ${amountOf(now.quantity)} at ${priceNow}.`;

  const more = percentOf(subtract(now.quantity, before.quantity), before.quantity);
  const used = `${amountOf(now.quantity)} instead of ${roughNumber(before.quantity)}${more === null ? '' : ` (${signedPercent(more, 0)})`}`;
  const old = unitPrice({ amount: before.amount, quantity: before.quantity }, unit);
  const dearer = price && old && percentOf(subtract(price.price, old.price), old.price);
  const samePrice = dearer === null || Math.abs(Number(dearer)) < SAME_PRICE;
  if (samePrice) return `${used}, at the same price of ${priceNow}.`;
  return `${used}, at ${priceNow} instead of ${old ? exactMoney(old.price, currency) : 'none'}.`;
}
