import { ALL_DIGITS, literal } from './number.ts';

const isCode = (currency: string) => /^[a-z]{3}$/i.test(currency);

/** An unknown currency code is written behind a plain number: Intl throws for it, and OpenAI may send anything. */
function format(amount: string, currency: string, options: Intl.NumberFormatOptions): string {
  const text = (style: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(undefined, { ...style, ...options }).format(literal(amount)).replace('-', '−');
  if (isCode(currency)) return text({ style: 'currency', currency: currency.toUpperCase() });
  return `${text({ minimumFractionDigits: 2 })} ${currency.toUpperCase()}`;
}

/** Money rounded to the currency's smallest unit; "<$0.01" for less. Use it only where all digits are within reach. */
export function roundMoney(amount: string, currency: string): string {
  const options = isCode(currency) ? {} : { maximumFractionDigits: 2 };
  // Locales write digits of their own: whether any is left after rounding is told by Latin ones.
  const isShown = /[1-9]/.test(format(amount, currency, { ...options, numberingSystem: 'latn' }));
  if (isShown || amount === '0') return format(amount, currency, options);
  const least = `1e-${digitsOf(currency)}`;
  return amount.startsWith('-') ? `>${format(`-${least}`, currency, {})}` : `<${format(least, currency, {})}`;
}

/** How many digits after the point a currency has. */
const digitsOf = (currency: string): number =>
  isCode(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2;

/** Money with all its digits. */
export const exactMoney = (amount: string, currency: string) => format(amount, currency, ALL_DIGITS);

/** A change of money, with + or −, rounded to the cent. */
export const signedMoney = (amount: string, currency: string) =>
  format(amount, currency, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** The label of a chart's axis: compact, at most one digit after the point. */
export const axisMoney = (height: number, currency: string) =>
  format(String(height), currency, { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 });
