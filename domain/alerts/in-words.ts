import { addDays, type Day, type DayRange, startOfDay } from '../day.ts';
import { type Decimal, fixDecimal } from '../decimal.ts';

/** `1234.5` of `usd` is `USD 1,234.50`. */
export const moneyInWords = (amount: Decimal, currency: string): string =>
  `${currency.toUpperCase()} ${fixDecimal(amount, 2).replaceAll(/\B(?=(\d{3})+(?=\.))/g, ',')}`;

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
