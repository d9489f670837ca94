import { expect, test } from 'vitest';
import { MoneyError, toScale } from '../../clickhouse/money.ts';

test.each([
  ['12.5', '12.5'],
  ['0', '0'],
  ['0.1234567890123456785', '0.123456789012345679'],
  ['-0.1234567890123456785', '-0.123456789012345679'],
  ['0.9999999999999999999', '1.000000000000000000'],
  ['0.0000000000000000004', '0.000000000000000000'],
])('%s is kept as %s', (given, kept) => {
  expect(toScale([given])).toEqual([kept]);
});

test('what does not fit or is no number is refused, without being repeated', () => {
  for (const given of ['1e5', '', '1,5', '123456789012345678901', 'NaN']) {
    expect(() => toScale([given])).toThrow(MoneyError);
  }
});

test('digits that would add up to money are not rounded away', () => {
  const crumbs = Array<string>(2_500_000).fill('0.00000000000000000045');
  expect(() => toScale(crumbs)).toThrow(/would lose/);
});
