import fc from 'fast-check';
import { expect } from 'vitest';
import { MoneyError, toScale } from '#clickhouse/writes/scale.ts';
import { fixDecimal, parseDecimal, sumDecimals } from '#domain/decimal.ts';
import { anyDecimal } from '../domain/decimal-oracle.ts';
import { fuzz } from './fuzz.ts';

const CANONICAL = /^(0|-?(?!0(?:$|\d))\d+(\.\d*[1-9])?)$/;

/** Text that is a decimal or nearly one: signs, points and exponents wherever they may or may not stand. */
const nearlyDecimal = fc
  .array(fc.constantFrom(...'0123456789', '0', '00', '.', '-', '+', 'e', 'E', 'e-', 'e+3', ' ', ',', '_', 'x', '∞'), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''));

fuzz(
  'a text is a decimal where JavaScript reads a finite decimal number, and is then the same number',
  [nearlyDecimal],
  (text) => {
    const parsed = parseDecimal(text);
    const isDecimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
    if (!isDecimal) return expect(parsed).toBeUndefined();
    if (parsed === undefined) {
      // Written out, it would have more than 10,000 digits.
      return expect(Math.abs(Number(/e(.*)$/i.exec(text)?.[1]))).toBeGreaterThan(9_900);
    }
    expect(parsed).toMatch(CANONICAL);
    expect(Number(parsed)).toBe(Number(text) + 0);
    expect(parseDecimal(parsed)).toBe(parsed);
  },
);

fuzz(
  'no text whatever makes it throw',
  [fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 500 }))],
  (text) => {
    const parsed = parseDecimal(text);
    if (parsed !== undefined) expect(parsed).toMatch(CANONICAL);
  },
);

fuzz('what is stored adds up to the rounded sum, or is refused', [fc.array(anyDecimal, { maxLength: 20 })], (texts) => {
  const amounts = texts.map((text) => parseDecimal(text) ?? '');
  try {
    const stored = toScale(amounts);
    expect(sumDecimals(stored.map((amount) => parseDecimal(amount) ?? ''))).toBe(
      parseDecimal(fixDecimal(sumDecimals(amounts), 18)),
    );
  } catch (error) {
    expect(error).toBeInstanceOf(MoneyError);
    expect(amounts.some((amount) => amount.replace('-', '').split('.')[0]?.length ?? 0 > 19)).toBe(true);
  }
});
