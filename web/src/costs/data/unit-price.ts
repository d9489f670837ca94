import { compareDecimals, divideDecimals } from '#domain/decimal.ts';
import type { Billed } from './quantities.ts';

/** Digits after the point of a price: a thousandth of a cent. */
const DIGITS = 5;
/** Significant digits of a price that is too small for DIGITS. */
const SIGNIFICANT = 3;
const MOST_DIGITS = 18;
/** Units that are priced by the million. */
const SMALL = ['tokens', 'input', 'cached_input', 'cache_write', 'output', 'characters'];

/** The price of a million tokens, or of one unit of another kind; null if no quantity was billed. */
export function unitPrice({ amount, quantity }: Billed, kind: string): { price: string; per: string } | null {
  const isSmall = SMALL.includes(kind);
  const perUnit = isSmall ? divideDecimals(quantity, '1000000', MOST_DIGITS) : quantity;
  if (!perUnit || compareDecimals(perUnit, '0') <= 0) return null;
  const exact = divideDecimals(amount, perUnit, MOST_DIGITS) ?? '0';
  const zeros = /^-?0\.(0*)/.exec(exact)?.[1]?.length ?? 0;
  const price = divideDecimals(amount, perUnit, Math.min(MOST_DIGITS, Math.max(DIGITS, zeros + SIGNIFICANT))) ?? '0';
  return { price, per: isSmall ? '1M' : unitName(kind).replace(/s$/, '') };
}

/** OpenAI's name of a unit, in words. */
export const unitName = (unit: string) => unit.replaceAll('_', ' ').replace(/^duration /, '');
/** A number of units: 18 images, but 18 × 1000 searches. */
export const inUnits = (number: string, unit: string) => `${number}${/^\d/.test(unit) ? ' ×' : ''} ${unitName(unit)}`;
