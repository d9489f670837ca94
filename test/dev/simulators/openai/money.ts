import type { Row } from './request.ts';

// The test's own arithmetic: units of 10^-40 of a dollar, from any notation.
const DECIMALS = 40;

/** Exact units of a plain or scientific decimal. */
export function units(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a decimal.`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * (sign ? -1n : 1n);
  if (digits === 0n) return 0n;
  const shift = DECIMALS + Number(exponent) - fraction.length;
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  if (digits % divisor !== 0n) throw new Error(`"${text}" has more than ${DECIMALS} decimals.`);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / divisor;
}

export const sum = (texts: Iterable<string>) => [...texts].reduce((total, text) => total + units(text), 0n);

/** A missing amount and null count as nothing. */
export const amountOf = (row: Row) => row.amount?.value ?? '0';
export const sumOfRows = (rows: Row[]) => sum(rows.map(amountOf));
