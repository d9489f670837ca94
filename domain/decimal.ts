/**
 * Exact decimals as plain text: `-12.5`, no exponent. Functions take any plain text and return the canonical one: no
 * leading or trailing zeros, no "-0". Between the two there is one representation, an integer and its scale.
 */
export type Decimal = string;

/** In digits. OpenAI's amounts are IEEE decimal128, whose smallest exponent is -6176; a longer text is not money. */
const MAX_LENGTH = 10_000;
/** A short canonical text but for zeros at its end behind a point, as nearly all are: OpenAI pads amounts with them. */
const PLAIN = /^(?:0|-?[1-9]\d{0,30})$|^-?(?:0|[1-9]\d{0,30})\.\d{0,60}[1-9]0{0,60}$/;
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/**
 * The canonical text of any decimal, also of one with an exponent. Keeps every digit.
 * @returns undefined where the text is not a decimal, or has more than 10,000 digits when written out (1e999999999)
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (PLAIN.test(text)) return text.endsWith('0') && text.includes('.') ? withoutTrailingZeros(text) : text;
  const match = text.length <= MAX_LENGTH ? DECIMAL.exec(text.trim()) : null;
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const significant = withoutTrailingZeros(whole + fraction);
  if (/^0*$/.test(significant)) return '0';
  const trailing = whole.length + fraction.length - significant.length;
  const scale = fraction.length - trailing - Number(exponent);
  if (Math.abs(scale) > MAX_LENGTH) return undefined;
  return canonical(plain(sign === '-' ? '-' : '', significant, scale));
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = commonScale([a, b]);
  return toDecimal(unscaled(a, scale) + unscaled(b, scale), scale);
}

export const subtractDecimals = (a: Decimal, b: Decimal): Decimal => addDecimals(a, negateDecimal(b));

/** @param factor a whole number */
export const multiplyDecimal = (decimal: Decimal, factor: number): Decimal =>
  toDecimal(unscaled(decimal, scaleOf(decimal)) * BigInt(factor), scaleOf(decimal));

/** The sum; '0' for an empty list. */
export function sumDecimals(decimals: readonly Decimal[]): Decimal {
  const scale = commonScale(decimals);
  return toDecimal(
    decimals.reduce((sum, decimal) => sum + unscaled(decimal, scale), 0n),
    scale,
  );
}

export function negateDecimal(decimal: Decimal): Decimal {
  const scale = scaleOf(decimal);
  return toDecimal(-unscaled(decimal, scale), scale);
}

export function absDecimal(decimal: Decimal): Decimal {
  const scale = scaleOf(decimal);
  return toDecimal(size(unscaled(decimal, scale)), scale);
}

/** Orders the smaller first: -1, 0 or 1. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = commonScale([a, b]);
  const difference = unscaled(a, scale) - unscaled(b, scale);
  return Number(difference > 0n) - Number(difference < 0n);
}

export function differByMoreThan(tolerance: Decimal, a: Decimal, b: Decimal): boolean {
  return compareDecimals(absDecimal(subtractDecimals(a, b)), tolerance) > 0;
}

/** The quotient, rounded half away from zero to `digits` after the point; null where the divisor is 0. */
export function divideDecimals(dividend: Decimal, divisor: Decimal, digits: number): Decimal | null {
  const scale = commonScale([dividend, divisor]);
  const by = unscaled(divisor, scale);
  if (by === 0n) return null;
  return toDecimal(divideRounded(unscaled(dividend, scale) * 10n ** BigInt(digits), by), digits);
}

/** Rounds half away from zero and writes exactly `digits` after the point: `fixDecimal('-0.001', 2)` is `0.00`. */
export function fixDecimal(decimal: Decimal, digits: number): Decimal {
  const scale = Math.max(scaleOf(decimal), digits);
  const units = divideRounded(unscaled(decimal, scale), 10n ** BigInt(scale - digits));
  return plain(units < 0n ? '-' : '', magnitude(units), digits);
}

/**
 * A part in percent of a whole, with two digits after the point. The sign is the part's, also where the whole is
 * negative.
 * @returns null where the whole is 0
 */
export function percentOf(part: Decimal, whole: Decimal): Decimal | null {
  const percent = divideDecimals(multiplyDecimal(part, 100), absDecimal(whole), 2);
  return percent && fixDecimal(percent, 2);
}

/**
 * Rounds decimals to `digits` after the point so that they still add up to their rounded sum. Each goes to the nearest
 * value; then as few as necessary go to the next one, those that were closest to it.
 */
export function roundTogether(decimals: readonly Decimal[], digits: number): Decimal[] {
  // Each at its own scale: one amount with 6,176 digits after the point would make the work of all others as long.
  const parts = decimals.map((decimal) => {
    const scale = Math.max(scaleOf(decimal), digits);
    const value = unscaled(decimal, scale);
    const unit = 10n ** BigInt(scale - digits);
    const units = divideRounded(value, unit);
    return { scale, value, units, lost: value - units * unit };
  });
  const rounded = parts.map(({ units }) => units);

  const longest = Math.max(digits, ...new Set(parts.map(({ scale }) => scale)));
  const byScale = Map.groupBy(parts, ({ scale }) => scale);
  const exact = sum(
    [...byScale].map(([scale, ofScale]) => atScale(sum(ofScale.map(({ value }) => value)), scale, longest)),
  );
  const missing = divideRounded(exact, 10n ** BigInt(longest - digits)) - sum(rounded);
  const step = missing < 0n ? -1n : 1n;
  // A hundred more digits tell which was closest; they need not be exact.
  const fine = Math.min(longest, digits + 100);
  const candidates = parts
    .map(({ scale, lost }, index) => ({ index, scale, lost: lost * step }))
    .filter(({ lost }) => missing !== 0n && lost > 0n)
    .map(({ index, scale, lost }) => ({ index, lost: atScale(lost, scale, fine) }))
    .sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  // Rounding took at most half a unit from each, so there are at least as many candidates as units missing.
  for (const { index } of candidates.slice(0, Number(missing * step))) rounded[index] = (rounded[index] ?? 0n) + step;
  return rounded.map((units) => toDecimal(units, digits));
}

/** The same value in units of another scale; digits past it are cut off. */
function atScale(units: bigint, scale: number, target: number): bigint {
  return target >= scale ? units * 10n ** BigInt(target - scale) : units / 10n ** BigInt(scale - target);
}

/** Half away from zero: the only rounding of stored money. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const [a, b] = [size(dividend), size(divisor)];
  const quotient = (2n * a + b) / (2n * b);
  return isNegative ? -quotient : quotient;
}

const size = (value: bigint) => (value < 0n ? -value : value);
const magnitude = (value: bigint) => size(value).toString();
const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);

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

/** Digits with a point before the last `scale` of them. A negative scale appends zeros. */
function plain(sign: string, digits: string, scale: number): string {
  if (scale <= 0) return sign + digits + '0'.repeat(-scale);
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** Without leading and trailing zeros; the text is not a negative zero. */
function canonical(text: string): Decimal {
  const short = text.includes('.') ? withoutTrailingZeros(text).replace(/\.$/, '') : text;
  return short.replace(/^(-?)0+(?=\d)/, '$1');
}

/** A loop, since `/0+$/` takes quadratic time where zeros stand before the last digit: 66 ms for 1e-6176. */
function withoutTrailingZeros(text: string): string {
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  return text.slice(0, end);
}
