import { addDays, type Day, type DayRange, startOfDay } from './day.ts';
import { type Decimal, fixDecimal } from './decimal.ts';

/** `1234.5` of `usd` is `USD 1,234.50`, of `jpy` `JPY 1,235`. */
export function moneyInWords(amount: Decimal, currency: string): string {
  const [whole = '', ...cents] = fixDecimal(amount, digitsOf(currency)).split('.');
  return `${currency.toUpperCase()} ${[whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...cents].join('.')}`;
}

/** Intl refuses what has no three letters. */
function digitsOf(currency: string): number {
  if (!/^[a-z]{3}$/i.test(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

const named = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

export const dayInWords = (day: Day): string => named.format(startOfDay(day));

/** `November 2026`, `the fourth quarter of 2026`, `2026`; other days by the first and the last one. */
export function daysInWords({ from, to }: DayRange): string {
  const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))];
  const months = (Number(to.slice(0, 4)) - Number(year)) * 12 + Number(to.slice(5, 7)) - month;
  const isOfMonths = from.endsWith('-01') && to.endsWith('-01');
  if (isOfMonths && months === 1) return dayInWords(from).replace(/^1 /, '');
  if (isOfMonths && months === 3) return `the ${QUARTERS[(month - 1) / 3]} quarter of ${year}`;
  if (isOfMonths && months === 12) return year;
  const last = addDays(to, -1);
  return last === from ? dayInWords(from) : `${dayInWords(from)} to ${dayInWords(last)}`;
}

const QUARTERS = ['first', 'second', 'third', 'fourth'];
