import { absDecimal, type Decimal, fixDecimal, roundTogether } from '#domain/decimal.ts';

/** Columns are Decimal(38, 18): 18 digits after the point hold every digit that OpenAI is known to bill. */
const SCALE = 18;
const DIGITS_BEFORE_POINT = 20;

export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

/**
 * Rounds decimals to the warehouse's scale so that they still add up to their rounded sum.
 * @throws MoneyError if a text is not a plain decimal, or does not fit
 */
export function toScale(amounts: readonly string[]): Decimal[] {
  if (!amounts.every((amount) => /^-?\d+(\.\d+)?$/.test(amount))) {
    throw new MoneyError('An amount is not a plain decimal number, as 12.5.');
  }
  const rounded = roundTogether(amounts, SCALE);
  const [tooLarge] = rounded.filter((amount) => (absDecimal(amount).split('.')[0] ?? '').length > DIGITS_BEFORE_POINT);
  if (tooLarge) throw new MoneyError(`An amount has more than ${DIGITS_BEFORE_POINT} digits before the point.`);
  return rounded.map((amount) => fixDecimal(amount, SCALE));
}

/** For quantities: null if the value does not fit, so that a day's costs are stored even if a quantity cannot be. */
export function toScaleIfFits(value: string): Decimal | null {
  try {
    return toScale([value])[0] ?? null;
  } catch (error) {
    if (error instanceof MoneyError) return null;
    throw error;
  }
}
