import type { Billed } from './quantities.ts';

/** Digits after the point: the thousandth of a cent, for a million tokens. */
const DIGITS = 5;
/** Of what is cheaper still, so many digits that are not zero; of those that there are at most. */
const SAYING = 3;
const MOST_DIGITS = 18;
/** Units so small that a million of them have a price that says something. */
const SMALL = ['tokens', 'input', 'cached_input', 'cache_write', 'output', 'characters'];

/** What a million tokens cost, or one of another kind: reckoned with integers, and rounded. Null where nothing was billed. */
export function unitPrice({ amount, quantity }: Billed, kind: string): { price: string; per: string } | null {
  const per = SMALL.includes(kind) ? 1_000_000n : 1n;
  const scale = Math.max(digitsAfterPoint(amount), digitsAfterPoint(quantity));
  const divisor = integer(quantity, scale);
  if (divisor <= 0n) return null;
  const price = (integer(amount, scale) * per * 10n ** BigInt(MOST_DIGITS)) / divisor;
  const size = price < 0n ? -price : price;
  const kept = Math.min(MOST_DIGITS, Math.max(DIGITS, MOST_DIGITS - size.toString().length + SAYING));
  const step = 10n ** BigInt(MOST_DIGITS - kept);
  const digits = ((size + step / 2n) / step).toString().padStart(kept + 1, '0');
  const decimals = digits.slice(-kept).replace(/0+$/, '');
  const text = digits.slice(0, -kept) + (decimals && `.${decimals}`);
  return { price: price < 0n ? `-${text}` : text, per: per === 1n ? unitName(kind).replace(/s$/, '') : '1M' };
}

/** A unit of OpenAI's in words. */
export const unitName = (unit: string) => unit.replaceAll('_', ' ').replace(/^duration /, '');
/** A number of units: 18 images, but 18 × 1000 searches. */
export const inUnits = (number: string, unit: string) => `${number}${/^\d/.test(unit) ? ' ×' : ''} ${unitName(unit)}`;

const digitsAfterPoint = (decimal: string) => decimal.split('.')[1]?.length ?? 0;
const integer = (decimal: string, scale: number) =>
  BigInt(decimal.replace('.', '') + '0'.repeat(scale - digitsAfterPoint(decimal)));
