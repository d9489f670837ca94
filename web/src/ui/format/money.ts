const MOST_DIGITS = 18;
const exactly = { maximumFractionDigits: MOST_DIGITS } as const;

/** Decimal text as a number is formatted from it, every digit kept: it never becomes a float. */
const literal = (decimal: string) => decimal as Intl.StringNumericLiteral;

/** What is no code of a currency is shown as some currency: the page does not break by what OpenAI may send. */
const inCurrency = (currency: string, options: Intl.NumberFormatOptions = exactly) => {
  const code = /^[a-z]{3}$/i.test(currency) ? currency.toUpperCase() : 'XXX';
  return new Intl.NumberFormat(undefined, { style: 'currency', currency: code, ...options });
};

/** Money in two parts: to the cent, cut and not rounded, and the digits after it. Together they are exact. */
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

/** Money rounded to the cent, where its size matters and another place has all digits. */
export const roundMoney = (amount: string, currency: string) => inCurrency(currency, {}).format(literal(amount));

/** Money with all its digits. */
export const exactMoney = (amount: string, currency: string) => inCurrency(currency).format(literal(amount));

/** A decimal that is no money, with all its digits. */
export const exactNumber = (decimal: string) => new Intl.NumberFormat(undefined, exactly).format(literal(decimal));

/** Says which way something went, too. */
export const signedMoney = (amount: string, currency: string) =>
  inCurrency(currency, { signDisplay: 'exceptZero' }).format(literal(amount));

/** @param digits after the point, at most */
export const signedPercent = (percent: string, digits = 2) =>
  `${new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: digits }).format(literal(percent))} %`;

/** @param digits after the point, at most */
export const percent = (percent: string, digits: number) =>
  `${new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(literal(percent))} %`;

/** A count as it is said, not as it is reckoned with: 1.2M. */
export const roughNumber = (decimal: string) =>
  new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 }).format(literal(decimal));

/** The ticks of an axis: as long as a bar, no figure to rely on. */
export const tick = (height: number, currency: string) =>
  inCurrency(currency, { notation: 'compact', maximumFractionDigits: 1 }).format(height);
