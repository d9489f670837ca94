/**
 * Exact decimals as plain text: `-12.5`, no exponent. Functions take any plain text and return the canonical one: no
 * leading or trailing zeros, no "-0". Between the two there is one representation, an integer and its scale.
 */
export type Decimal = string;

/** OpenAI's values come from IEEE decimal128 ("0E-6176" is its smallest exponent): nothing longer is money. */
const LONGEST = 10_000;
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/**
 * The canonical text of any decimal, exponents included; every digit is kept.
 * @returns undefined where the text is not a decimal, or one so long that it can only be garbage (1e999999999)
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = text.length <= LONGEST ? DECIMAL.exec(text.trim()) : null;
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const significant = (whole + fraction).replace(/0+$/, '');
  if (/^0*$/.test(significant)) return '0';
  const trailing = whole.length + fraction.length - significant.length;
  const scale = fraction.length - trailing - Number(exponent);
  if (Math.abs(scale) > LONGEST) return undefined;
  return canonical(plain(sign === '-' ? '-' : '', significant, scale));
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = commonScale([a, b]);
  return toDecimal(unscaled(a, scale) + unscaled(b, scale), scale);
}

export const subtractDecimals = (a: Decimal, b: Decimal): Decimal => addDecimals(a, negateDecimal(b));

/** '0' of none. */
export function sumDecimals(decimals: readonly Decimal[]): Decimal {
  const scale = commonScale(decimals);
  return toDecimal(
    decimals.reduce((sum, decimal) => sum + unscaled(decimal, scale), 0n),
    scale,
  );
}

export function negateDecimal(decimal: Decimal): Decimal {
  if (/^-?[0.]*$/.test(decimal)) return '0';
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}

export const absDecimal = (decimal: Decimal): Decimal => decimal.replace('-', '');

/** For sorting, the smaller first. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = commonScale([a, b]);
  const difference = unscaled(a, scale) - unscaled(b, scale);
  return Number(difference > 0n) - Number(difference < 0n);
}

export function differByMoreThan(tolerance: Decimal, a: Decimal, b: Decimal): boolean {
  return compareDecimals(absDecimal(subtractDecimals(a, b)), tolerance) > 0;
}

/** A quotient, rounded half away from zero to so many digits after the point; null where the divisor is 0. */
export function divideDecimals(dividend: Decimal, divisor: Decimal, digits: number): Decimal | null {
  const scale = commonScale([dividend, divisor]);
  const by = unscaled(divisor, scale);
  if (by === 0n) return null;
  return toDecimal(divideRounded(unscaled(dividend, scale) * 10n ** BigInt(digits), by), digits);
}

/** Rounded half away from zero, with exactly so many digits after the point: `fixDecimal('-0.001', 2)` is `0.00`. */
export function fixDecimal(decimal: Decimal, digits: number): Decimal {
  const scale = Math.max(scaleOf(decimal), digits);
  const units = divideRounded(unscaled(decimal, scale), 10n ** BigInt(scale - digits));
  return plain(units < 0n ? '-' : '', magnitude(units), digits);
}

/**
 * A part in percent of a whole, with two digits after the point. Of a negative whole its size counts, so that the sign
 * is the part's.
 * @returns null where the whole is 0
 */
export function percentOf(part: Decimal, whole: Decimal): Decimal | null {
  const percent = divideDecimals(multiplyByHundred(part), absDecimal(whole), 2);
  return percent && fixDecimal(percent, 2);
}

/**
 * Rounds decimals to so many digits so that they still add up to their rounded sum: each to the nearest, then as few
 * as it takes to the other side, those that were nearest to it.
 */
export function roundTogether(decimals: readonly Decimal[], digits: number): Decimal[] {
  const scale = Math.max(commonScale(decimals), digits);
  const unit = 10n ** BigInt(scale - digits);
  const exact = decimals.map((decimal) => unscaled(decimal, scale));
  const rounded = exact.map((value) => divideRounded(value, unit));

  const missing = divideRounded(sum(exact), unit) - sum(rounded);
  const step = missing < 0n ? -1n : 1n;
  const lost = exact
    .map((value, index) => ({ index, part: (value - (rounded[index] ?? 0n) * unit) * step }))
    .filter(({ part }) => part > 0n)
    .sort((a, b) => (a.part === b.part ? a.index - b.index : a.part > b.part ? -1 : 1));
  // Each lost at most half a unit, so at least as many lost something as are missing.
  for (const { index } of lost.slice(0, Number(missing * step))) rounded[index] = (rounded[index] ?? 0n) + step;
  return rounded.map((units) => toDecimal(units, digits));
}

/** The only rounding there is: half away from zero. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const [a, b] = [size(dividend), size(divisor)];
  const quotient = (2n * a + b) / (2n * b);
  return isNegative ? -quotient : quotient;
}

const size = (value: bigint) => (value < 0n ? -value : value);
const magnitude = (value: bigint) => size(value).toString();
const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
const multiplyByHundred = (decimal: Decimal) => toDecimal(unscaled(decimal, scaleOf(decimal)) * 100n, scaleOf(decimal));

function scaleOf(decimal: Decimal): number {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
}

const commonScale = (decimals: readonly Decimal[]) =>
  decimals.reduce((scale, decimal) => Math.max(scale, scaleOf(decimal)), 0);

function unscaled(decimal: Decimal, scale: number): bigint {
  return BigInt(decimal.replace('.', '') + '0'.repeat(scale - scaleOf(decimal)));
}

const toDecimal = (units: bigint, scale: number) => canonical(plain(units < 0n ? '-' : '', magnitude(units), scale));

/** Digits with a point before the last `scale` of them; a negative scale appends zeros. */
function plain(sign: string, digits: string, scale: number): string {
  if (scale <= 0) return sign + digits + '0'.repeat(-scale);
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function canonical(text: string): Decimal {
  const short = (text.includes('.') ? text.replace(/\.?0+$/, '') : text).replace(/^(-?)0+(?=\d)/, '$1');
  return short === '-0' ? '0' : short;
}
