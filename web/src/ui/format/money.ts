import { ALL_DIGITS, literal } from './number.ts';

const isCode = (currency: string) => /^[a-z]{3}$/i.test(currency);

/** An unknown currency code is written behind a plain number: Intl throws for it, and OpenAI may send anything. */
function format(amount: string, currency: string, options: Intl.NumberFormatOptions): string {
  const text = (style: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(undefined, { ...style, ...options }).format(literal(amount)).replace('-', '−');
  if (isCode(currency)) return text({ style: 'currency', currency: currency.toUpperCase() });
  return `${text({ minimumFractionDigits: 2 })} ${currency.toUpperCase()}`;
}

const cents = (currency: string): Intl.NumberFormatOptions => (isCode(currency) ? {} : { maximumFractionDigits: 2 });

/** Money rounded to the currency's smallest unit; "<$0.01" for less. Use it only where all digits are within reach. */
export function roundMoney(amount: string, currency: string): string {
  if (!isLess(amount, currency)) return format(amount, currency, cents(currency));
  return amount.startsWith('-')
    ? `>${format(`-${least(currency)}`, currency, {})}`
    : `<${format(least(currency), currency, {})}`;
}

/** Whether nothing is left of an amount when it is rounded. Locales write digits of their own: Latin ones tell it. */
const isLess = (amount: string, currency: string) =>
  amount !== '0' && !/[1-9]/.test(format(amount, currency, { ...cents(currency), numberingSystem: 'latn' }));

const least = (currency: string) => `1e-${digitsOf(currency)}`;

/** How many digits after the point a currency has. */
const digitsOf = (currency: string): number =>
  isCode(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2;

/** Money with all its digits. */
export const exactMoney = (amount: string, currency: string) => format(amount, currency, ALL_DIGITS);

/** A change of money, with + or −, rounded to the cent; "+<$0.01" for less. */
export function signedMoney(amount: string, currency: string): string {
  if (!isLess(amount, currency)) return format(amount, currency, { signDisplay: 'exceptZero', ...cents(currency) });
  return `${amount.startsWith('-') ? '−' : '+'}<${format(least(currency), currency, {})}`;
}

/** The label of a chart's axis: compact, at most one digit after the point. */
export const axisMoney = (height: number, currency: string) =>
  format(String(height), currency, { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 });
