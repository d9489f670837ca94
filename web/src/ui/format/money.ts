import { ALL_DIGITS, literal } from './number.ts';

/** An unknown currency code is formatted as XXX: Intl throws for it, and OpenAI may send anything. */
const inCurrency = (currency: string, options: Intl.NumberFormatOptions = ALL_DIGITS) => {
  const code = /^[a-z]{3}$/i.test(currency) ? currency.toUpperCase() : 'XXX';
  return new Intl.NumberFormat(undefined, { style: 'currency', currency: code, ...options });
};

/** Money in two parts: up to the cents, truncated, and the digits after them. Together they are exact. */
export function splitMoney(amount: string, currency: string): { cents: string; rest: string; after: string } {
  const parts = inCurrency(currency).formatToParts(literal(amount));
  const at = parts.findIndex(({ type }) => type === 'fraction');
  const textOf = (some: typeof parts) => some.map(({ value }) => value).join('');
  if (at < 0) return { cents: textOf(parts), rest: '', after: '' };
  const fraction = parts[at]?.value ?? '';
  return {
    cents: textOf(parts.slice(0, at)) + fraction.slice(0, 2),
    rest: fraction.slice(2),
    after: textOf(parts.slice(at + 1)),
  };
}

export const digitsBehindCents = (amount: string, currency: string) => splitMoney(amount, currency).rest.length;

/** Money rounded to the cent. Use it only where all digits are shown elsewhere. */
export const roundMoney = (amount: string, currency: string) => inCurrency(currency, {}).format(literal(amount));

/** Money with all its digits. */
export const exactMoney = (amount: string, currency: string) => inCurrency(currency).format(literal(amount));

/** A change of money, with + or −, rounded to the cent. */
export const signedMoney = (amount: string, currency: string) =>
  inCurrency(currency, { signDisplay: 'exceptZero' }).format(literal(amount));

/** The label of a chart's axis: compact, at most one digit after the point. */
export const axisMoney = (height: number, currency: string) =>
  inCurrency(currency, { notation: 'compact', maximumFractionDigits: 1 }).format(height);
