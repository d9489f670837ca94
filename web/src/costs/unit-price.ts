/** Digits after the point: the thousandth of a cent, for a million tokens. */
const DIGITS = 5;

/** What a million tokens cost, or one of another unit; exact integers, cut after five digits. Null where nothing was billed. */
export function unitPrice(amount: string, quantity: string | null, unit: string | null) {
  if (!quantity || !unit || quantity.startsWith('-')) return null;
  const per = unit === 'tokens' ? 1_000_000n : 1n;
  const scale = Math.max(digitsAfterPoint(amount), digitsAfterPoint(quantity));
  const divisor = integer(quantity, scale);
  if (divisor === 0n) return null;
  const price = (integer(amount, scale) * per * 10n ** BigInt(DIGITS)) / divisor;
  const digits = (price < 0n ? -price : price).toString().padStart(DIGITS + 1, '0');
  const text = `${price < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`;
  return { price: text, per: unit === 'tokens' ? '1M tokens' : unit.replaceAll('_', ' ') };
}

const digitsAfterPoint = (decimal: string) => decimal.split('.')[1]?.length ?? 0;
const integer = (decimal: string, scale: number) =>
  BigInt(decimal.replace('.', '') + '0'.repeat(scale - digitsAfterPoint(decimal)));
