import type { Grid } from './grid.ts';

const NUMBER = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet runs as a formula. Text that has the apostrophe already gets another: the two stay apart. */
const FORMULA = /^[=+@＝＋－＠\t\r\n'-]/;
/** Tells a spreadsheet that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** How a spreadsheet of a locale reads CSV: the decimal sign, and a separator that is another one. */
export type Signs = { separator: ',' | ';'; decimal: string };

/** A grid as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export const toCsv = (grid: Grid): string => withSigns(grid, { separator: ',', decimal: '.' });

/** The same as a spreadsheet of the reader's locale opens it at a double click. */
export const toSpreadsheet = (grid: Grid, signs: Signs): string => BYTE_ORDER_MARK + withSigns(grid, signs);

/** Where the decimal sign is a comma, spreadsheets separate fields by a semicolon. */
export function signsOf(locale?: string): Signs {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  return { separator: decimal === ',' ? ';' : ',', decimal };
}

const withSigns = ({ columns, rows }: Grid, signs: Signs) =>
  [columns, ...rows].map((row) => `${row.map((value) => field(value, signs)).join(signs.separator)}\r\n`).join('');

function field(value: string | null, { separator, decimal }: Signs): string {
  if (value === null) return '';
  if (NUMBER.test(value)) return value.replace('.', decimal);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}
