/** The provider's values come from IEEE decimal128 ("0E-6176" is its smallest exponent): nothing longer is money. */
const LONGEST = 10_000;
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/**
 * A decimal's canonical plain text, every digit kept: no exponent, no leading or trailing zeros, no "-0".
 * Undefined where the text is not a decimal, or one so long that it can only be garbage (1e999999999).
 */
export function canonicalDecimal(text: string): string | undefined {
  const match = text.length <= LONGEST ? DECIMAL.exec(text.trim()) : null;
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const significant = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return '0';

  const trailing = (whole + fraction).length - (whole + fraction).replace(/0+$/, '').length;
  const scale = fraction.length - trailing - Number(exponent); // digits after the point; negative: zeros before it
  if (Math.abs(scale) > LONGEST) return undefined;
  return plain(sign === '-' ? '-' : '', significant, scale);
}

/** The exact sum of two canonical decimals, canonical. */
export function addDecimals(a: string, b: string): string {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const sum = unscaled(a, scale) + unscaled(b, scale);
  const digits = (sum < 0n ? -sum : sum).toString();
  return canonicalDecimal(plain(sum < 0n ? '-' : '', digits, scale)) ?? '0';
}

/** For sorting canonical decimals exactly, the smaller first. */
export function compareDecimals(a: string, b: string): number {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const difference = unscaled(a, scale) - unscaled(b, scale);
  return Number(difference > 0n) - Number(difference < 0n);
}

/** Whether two canonical decimals are further apart than a third, exactly. */
export function differByMoreThan(tolerance: string, a: string, b: string): boolean {
  const scale = Math.max(scaleOf(tolerance), scaleOf(a), scaleOf(b));
  const difference = unscaled(a, scale) - unscaled(b, scale);
  return (difference < 0n ? -difference : difference) > unscaled(tolerance, scale);
}

function plain(sign: string, digits: string, scale: number): string {
  if (scale <= 0) return sign + digits + '0'.repeat(-scale);
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function scaleOf(decimal: string): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}

function unscaled(decimal: string, scale: number): bigint {
  return BigInt(decimal.replace('.', '') + '0'.repeat(scale - scaleOf(decimal)));
}
