/** Decimal(38, 18): every digit that OpenAI is known to bill, and 20 digits before the point. */
const SCALE = 18;
const PRECISION = 38;

export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

/**
 * Brings decimal texts (`-12.5`, no exponent) to the warehouse's scale, in integers. Each is rounded to the nearest;
 * where the rounded amounts then do not add up to the rounded sum, as few as it takes are rounded to the other side,
 * those that were nearest to it. What fits stays as it is.
 * @throws MoneyError where a text is not a decimal, or does not fit
 */
export function toScale(amounts: readonly string[]): string[] {
  const fractionDigits = amounts.map((amount) => {
    if (!/^-?\d+(\.\d+)?$/.test(amount)) throw new MoneyError('An amount is not a decimal number.');
    return amount.length - 1 - (amount.includes('.') ? amount.indexOf('.') : amount.length - 1);
  });
  const scale = fractionDigits.reduce((a, b) => Math.max(a, b), SCALE);
  const unit = 10n ** BigInt(scale - SCALE);
  const exact = amounts.map((amount, i) =>
    BigInt(amount.replace('.', '') + '0'.repeat(scale - (fractionDigits[i] ?? 0))),
  );
  const units = exact.map((value) => rounded(value, unit));

  const missing = rounded(add(exact), unit) - add(units);
  const step = missing < 0n ? -1n : 1n;
  const lost = exact
    .map((value, i) => ({ i, part: (value - (units[i] ?? 0n) * unit) * step }))
    .filter(({ part }) => part > 0n)
    .sort((a, b) => (a.part === b.part ? a.i - b.i : a.part > b.part ? -1 : 1));
  // Each has lost half a unit at most, so there are at least as many as are missing.
  for (const { i } of lost.slice(0, Number(missing * step))) units[i] = (units[i] ?? 0n) + step;
  return units.map(decimal);
}

/** For what is no money: null where it does not fit, so that it does not cost its day the money. */
export function toScaleIfFits(value: string): string | null {
  try {
    return toScale([value])[0] ?? null;
  } catch (error) {
    if (error instanceof MoneyError) return null;
    throw error;
  }
}

const add = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);

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
