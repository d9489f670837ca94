const SCALE = 18;

/** Decimal text in units of its 18th digit: a second way to add, beside the warehouse's. */
function toUnits(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return text.startsWith('-') ? -units : units;
}

/** The shortest decimal text. */
export function fromUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  const text = `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/, '');
  return units < 0n ? `-${text}` : text;
}

export const sumOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + toUnits(text), 0n);
