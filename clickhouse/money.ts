/** Decimal(38, 18): every digit that OpenAI is known to bill, and 20 digits before the point. */
const SCALE = 18;
const PRECISION = 38;

export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

/**
 * Brings decimal texts (`-12.5`, no exponent) to the warehouse's scale, in integers. What has more digits is rounded so
 * that the rounded amounts add up to the rounded sum: each is the difference of two rounded running sums, less than
 * one unit of the last digit away from its own value. What fits stays as it is.
 * @throws MoneyError where a text is not a decimal, or does not fit
 */
export function toScale(amounts: readonly string[]): string[] {
  const fractionDigits = amounts.map((amount) => {
    if (!/^-?\d+(\.\d+)?$/.test(amount)) throw new MoneyError('An amount is not a decimal number.');
    return amount.length - 1 - (amount.includes('.') ? amount.indexOf('.') : amount.length - 1);
  });
  const scale = fractionDigits.reduce((a, b) => Math.max(a, b), SCALE);
  const unit = 10n ** BigInt(scale - SCALE);
  let sum = 0n;
  return amounts.map((amount, index) => {
    const before = rounded(sum, unit);
    sum += BigInt(amount.replace('.', '') + '0'.repeat(scale - (fractionDigits[index] ?? 0)));
    return decimal(rounded(sum, unit) - before);
  });
}

/** Half away from zero. */
function rounded(value: bigint, unit: bigint): bigint {
  const half = value < 0n ? -unit / 2n : unit / 2n;
  return (value + half) / unit;
}

function decimal(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  if (digits.length > PRECISION)
    throw new MoneyError(`An amount has more than ${PRECISION - SCALE} digits before the point.`);
  return `${units < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
}
