import { absDecimal, type Decimal, roundTogether, sumDecimals } from '#domain/decimal.ts';

/** Columns are Decimal(38, 18): 18 digits after the point hold every digit that OpenAI is known to bill. */
const SCALE = 18;
const DIGITS_BEFORE_POINT = 20;
/** A decimal that is stored as it is. */
const FITS = /^-?\d{1,20}(?:\.\d{1,18})?$/;

export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

/**
 * Rounds decimals to the warehouse's scale so that they still add up to their rounded sum.
 * @throws MoneyError if a text is not a plain decimal, or does not fit
 */
export function toScale(amounts: readonly string[]): Decimal[] {
  const long = amounts.filter((amount) => !FITS.test(amount));
  if (long.length === 0) return [...amounts];
  if (!long.every((amount) => /^-?\d+(\.\d+)?$/.test(amount))) {
    throw new MoneyError('An amount is not a plain decimal number, as 12.5.');
  }
  // The others need no rounding, so their sum stands for them.
  const fitting = sumDecimals(amounts.filter((amount) => FITS.test(amount)));
  const rounded = roundTogether([fitting, ...long], SCALE)
    .slice(1)
    .values();
  return amounts.map((amount) => (FITS.test(amount) ? amount : fitted(rounded.next().value ?? '0')));
}

function fitted(amount: Decimal): Decimal {
  if ((absDecimal(amount).split('.')[0] ?? '').length <= DIGITS_BEFORE_POINT) return amount;
  throw new MoneyError(`An amount has more than ${DIGITS_BEFORE_POINT} digits before the point.`);
}

/** For quantities: null if the value does not fit, so that a day's costs are stored even if a quantity cannot be. */
export function toScaleIfFits(value: string): Decimal | null {
  if (FITS.test(value)) return value;
  try {
    return toScale([value])[0] ?? null;
  } catch (error) {
    if (error instanceof MoneyError) return null;
    throw error;
  }
}
