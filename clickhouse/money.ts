/** Decimal(38, 18): every digit that OpenAI is known to bill, and 20 digits before the point. */
const SCALE = 18;
/** No more than this may be lost to rounding over the amounts of a day. */
const MAX_LOST = 1e-12;

export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

/**
 * Rounds decimal texts (`-12.5`, no exponent) half away from zero to the warehouse's scale, in integers.
 * @throws MoneyError where a text is not a decimal or does not fit, or where the digits lost add up to money
 */
export function toScale(amounts: readonly string[]): string[] {
  let lost = 0;
  const rounded = amounts.map((amount) => {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
    if (!match) throw new MoneyError('An amount is not a decimal number.');
    const [, sign = '', whole = '', fraction = ''] = match;
    if (whole.replace(/^0+/, '').length > 38 - SCALE)
      throw new MoneyError('An amount has more than 20 digits before the point.');
    if (fraction.length <= SCALE) return amount;
    const kept = BigInt(whole + fraction.slice(0, SCALE));
    const units = kept + (fraction.charAt(SCALE) >= '5' ? 1n : 0n);
    lost += Math.abs(Number(`0.${fraction.slice(SCALE)}`) - Number(units - kept)) * 10 ** -SCALE;
    const digits = units.toString().padStart(SCALE + 1, '0');
    return `${sign}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
  });
  if (lost > MAX_LOST) throw new MoneyError(`Rounding to ${SCALE} decimals would lose ${lost}.`);
  return rounded;
}
