import { addDecimals } from '#domain/decimal.ts';

/** Exact arithmetic of canonical decimal texts, as the API has them. */
export const negate = (decimal: string) =>
  decimal === '0' ? decimal : decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
export const subtract = (a: string, b: string) => addDecimals(a, negate(b));
export const sum = (decimals: Iterable<string>) => [...decimals].reduce(addDecimals, '0');
export const sizeOf = (decimal: string) => decimal.replace('-', '');
