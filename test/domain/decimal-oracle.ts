import fc from 'fast-check';

// A second opinion, independent of domain/decimal.ts on purpose: every number is a whole count of 10^-40, read and
// written digit by digit, and rounding compares the remainder with half of the divisor. Do not let it import the product.

const DIGITS = 40;
const ONE = 10n ** BigInt(DIGITS);

/** Reads plain text with at most 40 digits after the point. */
export function units(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  let count = 0n;
  for (const digit of whole + fraction.padEnd(DIGITS, '0')) count = count * 10n + BigInt('0123456789'.indexOf(digit));
  return text.startsWith('-') ? -count : count;
}

/** The canonical text. */
export function written(count: bigint): string {
  const digits = String(count < 0n ? -count : count).padStart(DIGITS + 1, '0');
  let fraction = digits.slice(-DIGITS);
  while (fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${count < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}${fraction && `.${fraction}`}`;
}

/** A quotient of whole numbers, half away from zero. */
function quotient(dividend: bigint, divisor: bigint): bigint {
  if (divisor < 0n) return quotient(-dividend, -divisor);
  if (dividend < 0n) return -quotient(-dividend, divisor);
  const rest = dividend % divisor;
  return rest + rest >= divisor ? (dividend - rest) / divisor + 1n : (dividend - rest) / divisor;
}

/** A count rounded to so many digits after the point. */
export function rounded(count: bigint, digits: number): bigint {
  const step = 10n ** BigInt(DIGITS - digits);
  return quotient(count, step) * step;
}

/** A dividend by a divisor, both counts, rounded to so many digits after the point. */
export function divided(dividend: bigint, divisor: bigint, digits: number): bigint {
  return quotient(dividend * 10n ** BigInt(digits), divisor) * (ONE / 10n ** BigInt(digits));
}

const digits = (maxLength: number) =>
  fc.array(fc.constantFrom(...'00123456789'), { maxLength }).map((list) => list.join(''));

/** Plain decimals as anyone may write them: '-0.0', '+007.50', '.5', '5.', '12345678901234567890.000000000000000001'. */
const plainDecimal = fc
  .tuple(fc.constantFrom('', '', '-', '+'), digits(22), digits(20), fc.boolean())
  .filter(([, whole, fraction]) => whole + fraction !== '')
  .map(([sign, whole, fraction, hasPoint]) => `${sign}${whole}${fraction || hasPoint ? '.' : ''}${fraction}`);

/** Amounts that are often equal, halves or opposites, where a rounding or an order goes wrong first. */
const awkwardDecimal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom('0', '00', '1', '2.5', '0.5', '0.05', '0.005', '1.500', '1.50', '1.5'),
  )
  .map(([sign, text]) => sign + text);

export const anyDecimal = fc.oneof(plainDecimal, awkwardDecimal);
