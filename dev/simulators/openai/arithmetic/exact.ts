/** Dollars and quantities as whole numbers of 10^-39: exact for every decimal that the simulator serves. */
export type Exact = bigint;

export const SCALE = 39;
const ONE = 10n ** BigInt(SCALE);

/** Reads a plain decimal such as "-12.50"; throws a RangeError on anything else or on more than 39 decimals. */
export function parseExact(text: string): Exact {
  const match = /^(-?)(\d+)(?:\.(\d{1,39}))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a plain decimal with at most ${SCALE} decimals.`);
  const [, sign, whole = '', fraction = ''] = match;
  const value = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return sign ? -value : value;
}

/** The plain decimal without trailing zeros, padded with zeros to at least `decimals` decimals. */
export function formatExact(value: Exact, decimals = 0): string {
  const magnitude = value < 0n ? -value : value;
  const fraction = (magnitude % ONE).toString().padStart(SCALE, '0').replace(/0+$/, '').padEnd(decimals, '0');
  return `${value < 0n ? '-' : ''}${magnitude / ONE}${fraction && `.${fraction}`}`;
}

/** Scientific notation, such as 1.5e-2 for 0.015. */
export function formatExponent(value: Exact, e: 'e' | 'E'): string {
  const magnitude = (value < 0n ? -value : value).toString();
  const digits = magnitude.replace(/0+$/, '') || '0';
  const exponent = value === 0n ? 0 : magnitude.length - 1 - SCALE;
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${value < 0n ? '-' : ''}${mantissa}${e}${exponent > 0 && e === 'E' ? '+' : ''}${exponent}`;
}

/** Exact product of a quantity and a price; their decimals together are at most 39. */
export function multiply(quantity: Exact, price: Exact): Exact {
  const product = quantity * price;
  if (product % ONE !== 0n) throw new RangeError('The product has more decimals than an Exact can hold.');
  return product / ONE;
}
