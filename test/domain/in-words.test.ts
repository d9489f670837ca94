import { expect, test } from 'vitest';
import { daysInWords, moneyInWords } from '#domain/in-words.ts';

test.each([
  ['1234.5', 'USD 1,234.50'],
  ['999.999', 'USD 1,000.00'],
  ['-1234567.891', 'USD -1,234,567.89'],
  ['0.004', 'USD 0.00'],
])('%s is %s', (amount, text) => {
  expect(moneyInWords(amount, 'usd')).toBe(text);
});

test('a currency has digits of its own', () => {
  expect(moneyInWords('1234567.5', 'jpy')).toBe('JPY 1,234,568');
  expect(moneyInWords('1234.5', 'credits')).toBe('CREDITS 1,234.50');
});

test.each([
  ['2026-11-01', '2026-12-01', 'November 2026'],
  ['2026-12-01', '2027-01-01', 'December 2026'],
  ['2026-10-01', '2027-01-01', 'the fourth quarter of 2026'],
  ['2026-01-01', '2027-01-01', '2026'],
  ['2026-11-03', '2026-11-04', '3 November 2026'],
  ['2026-11-03', '2026-11-10', '3 November 2026 to 9 November 2026'],
])('%s to %s is %s', (from, to, text) => {
  expect(daysInWords({ from, to })).toBe(text);
});
