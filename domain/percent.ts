const SCALE = 18;

/**
 * A part in percent of a whole, both exact decimal texts, as decimal text with two digits, rounded half away from
 * zero. Of a negative whole its size counts, so that the sign is the part's.
 * @returns null where the whole is nothing
 */
export function percentOf(part: string, whole: string): string | null {
  const [a, b] = [units(part), abs(units(whole))];
  if (b === 0n) return null;
  const hundredths = (abs(a) * 20_000n + b) / (b * 2n);
  const sign = a < 0n && hundredths > 0n ? '-' : '';
  return `${sign}${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

const abs = (value: bigint) => (value < 0n ? -value : value);

function units(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(SCALE, '0'));
}
