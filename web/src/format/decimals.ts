import { addDecimals } from '../../../openai/decimal.ts';

/** Exact arithmetic of canonical decimal texts, as the API has them. */
export const negate = (decimal: string) =>
  decimal === '0' ? decimal : decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
export const subtract = (a: string, b: string) => addDecimals(a, negate(b));
export const sum = (decimals: Iterable<string>) => [...decimals].reduce(addDecimals, '0');
export const sizeOf = (decimal: string) => decimal.replace('-', '');

/** For sorting, the smaller first. */
export function compareDecimals(a: string, b: string): number {
  const difference = subtract(a, b);
  if (difference === '0') return 0;
  return difference.startsWith('-') ? -1 : 1;
}
