import type { Grid } from './grid.ts';

const NUMBER = /^-\d+(\.\d+)?$/;
/** What a spreadsheet would run. */
const FORMULA = /^[=+@＝＋－＠\t\r\n-]/;

/** RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe before it. */
export const toCsv = ({ columns, rows }: Grid): string =>
  [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');

function field(value: string | null): string {
  if (value === null) return '';
  const text = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
