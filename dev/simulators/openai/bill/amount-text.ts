import { type Exact, formatExact, formatExponent } from '../arithmetic/exact.ts';
import { hash } from '../arithmetic/random.ts';

/**
 * The `"amount":{…},` member of a row, written in one of the ways seen live: mostly a string, padded with zeros or not,
 * with an exponent, or a JSON number with every digit. Zero may also be null, or the member missing. The way follows
 * from `salt` alone; the value never passes through a float.
 */
export function amountMember(amount: Exact, salt: string): string {
  const dice = hash(salt);
  const text = amount === 0n ? zeros[dice % zeros.length] : written(amount, dice);
  return text === undefined ? '' : `"amount":{"value":${text},"currency":"usd"},`;
}

const zeros = ['"0E-6176"', '0', '"0.00000000000000000000000000000000000"', 'null', undefined, '"0"', '0.0'];

function written(amount: Exact, dice: number): string {
  const percent = dice % 100;
  if (percent < 66) return `"${formatExact(amount, 28 + (dice % 12))}"`;
  if (percent < 76) return `"${formatExact(amount)}"`;
  if (percent < 84) return `"${formatExponent(amount, 'e')}"`;
  if (percent < 88) return `"${formatExponent(amount, 'E')}"`;
  if (percent < 96) return formatExact(amount);
  return formatExponent(amount, 'e');
}
