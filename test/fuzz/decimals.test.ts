import fc from 'fast-check';
import { expect } from 'vitest';
import { MoneyError, toScale } from '#clickhouse/day-rows/scale.ts';
import { fixDecimal, parseDecimal, sumDecimals } from '#domain/decimal.ts';
import { anyDecimal } from '../domain/decimal-oracle.ts';
import { fuzz } from './fuzz.ts';

const CANONICAL = /^(0|-?(?!0(?:$|\d))\d+(\.\d*[1-9])?)$/;

const digits = fc.array(fc.constantFrom(...'00123456789'), { maxLength: 12 }).map((list) => list.join(''));
const exponent = fc
  .tuple(
    fc.constantFrom('e', 'E', 'e+', 'e-'),
    fc.oneof(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 400 })),
  )
  .map((parts) => parts.join(''));
const parts = fc.tuple(
  fc.constantFrom('', '-', '+', ' '),
  digits,
  fc.constantFrom('', '.'),
  digits,
  fc.oneof(fc.constant(''), exponent),
);
/** Text that is a decimal, or that one more character makes none. */
const nearlyDecimal = fc
  .tuple(parts, fc.constantFrom('', '', '', '.', '-', 'e', ' ', ',', '_', 'x', '∞', '٣'), fc.nat(9))
  .map(([list, odd, at]) => list.join('').slice(0, at) + odd + list.join('').slice(at));

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
    expect(Number(parsed) + 0).toBe(Number(text) + 0); // -0 is 0
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
