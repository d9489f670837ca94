import { expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  differByMoreThan,
  fixDecimal,
  parseDecimal,
  roundTogether,
  sumDecimals,
} from '#domain/decimal.ts';

test.each([
  ['0E-6176', '0'],
  ['0', '0'],
  ['-0.000', '0'],
  ['0e999999999999', '0'],
  ['1.5e-2', '0.015'],
  ['1.5E+2', '150'],
  ['0.02100000000000000000000000000000000', '0.021'],
  ['0.123456789012345678901234567890123456789', '0.123456789012345678901234567890123456789'],
  ['12345678901234567890.5', '12345678901234567890.5'],
  ['007.50', '7.5'],
  ['+3', '3'],
  ['-4.20', '-4.2'],
  ['.5', '0.5'],
  ['5.', '5'],
  [' 1.0 ', '1'],
  ['100', '100'],
  ['-100', '-100'],
  ['100.500', '100.5'],
  ['-0.0010', '-0.001'],
  [`0.1${'0'.repeat(60)}`, '0.1'],
  [`0.1${'0'.repeat(61)}`, '0.1'],
  ['1200e-2', '12'],
  ['1e-7', '0.0000001'],
  ['-12e-1', '-1.2'],
])('%s is %s', (text, plain) => {
  expect(parseDecimal(text)).toBe(plain);
});

test.each(['', '.', '-', 'e5', 'NaN', 'Infinity', '-Infinity', '1,234.5', '$5', '1.2.3', '0x10', '1e', '1 2', 'null'])(
  '%j is no decimal',
  (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  },
);

test('an absurd exponent is no decimal, and costs no memory', () => {
  expect(parseDecimal('1e999999999')).toBeUndefined();
  expect(parseDecimal('1e-999999999')).toBeUndefined();
  expect(parseDecimal('1e99999999999999999999999999')).toBeUndefined();
  expect(parseDecimal('1'.repeat(20_000))).toBeUndefined();
  expect(parseDecimal('1e-6176')).toHaveLength(6178);
});

test('canonical text is a fixed point, whatever exponent it is written with', () => {
  for (let scale = -45; scale <= 45; scale++) {
    for (const digits of ['1', '90', '123456789', '1000000001', '-37']) {
      const plain = parseDecimal(`${digits}e${scale}`) ?? '';
      expect(plain).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      expect(parseDecimal(plain)).toBe(plain);
      expect(parseDecimal(`${plain}e${-scale}`)).toBe(String(Number(digits)));
    }
  }
});

test.each([
  ['0.1', '0.2', '0.3'],
  ['1', '-1', '0'],
  ['-0.5', '0.25', '-0.25'],
  ['99999999999999999999', '0.00000000000000000001', '99999999999999999999.00000000000000000001'],
  ['0', '0', '0'],
])('%s + %s = %s', (a, b, sum) => {
  expect(addDecimals(a, b)).toBe(sum);
});

test.each([
  ['1', '1.000000001', false],
  ['1', '1.0000000010000000000000000000000000000001', true],
  ['-1.000000002', '-1', true],
  ['-0.0000000005', '0.0000000005', false],
  ['99999999999999999999.000000001', '99999999999999999999', false],
  ['99999999999999999999.000000002', '99999999999999999999', true],
])('%s and %s are more than 1e-9 apart: %s', (a, b, apart) => {
  expect(differByMoreThan('0.000000001', a, b)).toBe(apart);
  expect(differByMoreThan('0.000000001', b, a)).toBe(apart);
});

test('decimals are put in order exactly, where floats are equal, too', () => {
  const inOrder = [
    '-10',
    '-9.000000000000000001',
    '-9',
    '0',
    '0.000000000000000001',
    '2',
    '10',
    '10.000000000000000001',
  ];
  expect(inOrder.toReversed().toSorted(compareDecimals)).toEqual(inOrder);
  expect(compareDecimals('2.5', '2.5')).toBe(0);
});

test('one amount with a tail of 6,176 digits does not slow down the rounding of all others', () => {
  const others = Array.from({ length: 5_000 }, (_, index) => `${index}.${'3'.repeat(19)}`);
  const started = performance.now();
  const rounded = roundTogether([...others, parseDecimal('1e-6176') ?? ''], 18);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(sumDecimals(rounded)).toBe(fixDecimal(sumDecimals(others), 18).replace(/0+$/, ''));
});
