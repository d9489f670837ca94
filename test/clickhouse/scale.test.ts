import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { MoneyError, toScale } from '#clickhouse/day-rows/scale.ts';

test.each([
  ['12.5', '12.5'],
  ['0', '0'],
  ['-3', '-3'],
  ['0.1234567890123456785', '0.123456789012345679'],
  ['-0.1234567890123456785', '-0.123456789012345679'],
  ['0.9999999999999999999', '1'],
  ['0.0000000000000000004', '0'],
  ['99999999999999999999.999999999999999999', '99999999999999999999.999999999999999999'],
])('%s is stored as %s', (given, stored) => {
  expect(toScale([given])).toEqual([stored]);
});

test('an amount that does not fit or is no number is refused', () => {
  for (const given of [
    '1e5',
    '',
    '.',
    '1,5',
    '123456789012345678901',
    'NaN',
    '99999999999999999999.9999999999999999999',
  ]) {
    expect(() => toScale([given])).toThrow(MoneyError);
  }
});

/** 39 pseudo-random digits. */
const digits = (i: number) =>
  BigInt(`0x${createHash('sha256').update(`${i}`).digest('hex')}`)
    .toString()
    .slice(-39);

const units = (amount: string) => {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(18, '0'));
};

test('rounded amounts add up to the rounded sum, most of them the nearest, none a unit away from its own', () => {
  const given = Array.from({ length: 2000 }, (_, i) => `${i % 7 ? '' : '-'}0.${digits(i)}`);
  const stored = toScale(given);
  const exact = given.map((amount) => BigInt(amount.replace('.', '')));
  const unit = 10n ** 21n;
  const sum = exact.reduce((a, b) => a + b, 0n);
  expect(stored.map(units).reduce((a, b) => a + b, 0n)).toBe((sum + (sum < 0n ? -unit : unit) / 2n) / unit);
  stored.forEach((amount, i) => {
    const away = units(amount) * unit - (exact[i] ?? 0n);
    expect(away < unit && away > -unit).toBe(true);
  });
  const nearest = given.map((amount) => toScale([amount])[0]);
  expect(stored.filter((amount, i) => amount !== nearest[i]).length).toBeLessThan(50);
});

test('rounding some amounts never changes amounts that need none', () => {
  const stored = toScale(['0.0000000000000000004', '1.5', '0.0000000000000000004', '-2', '0.0000000000000000004']);
  expect([stored[1], stored[3]]).toEqual(['1.5', '-2']);
});

test('one more amount changes hardly any of the others', () => {
  const given = Array.from({ length: 500 }, (_, i) => `0.${digits(i)}`);
  const before = toScale(given);
  const after = toScale(['7.123456789012345678901234567890123456789', ...given]).slice(1);
  expect(after.filter((amount, i) => amount !== before[i]).length).toBeLessThan(2);
});
