import type { Grid } from './grid.ts';

const NUMBER = /^-\d+(\.\d+)?$/;
/** What a spreadsheet runs as a formula. */
const FORMULA = /^[=+@＝＋－＠\t\r\n-]/;

/** A grid as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export const toCsv = ({ columns, rows }: Grid): string =>
  [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');

function field(value: string | null): string {
  if (value === null) return '';
  const text = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
