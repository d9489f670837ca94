import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  absDecimal,
  addDecimals,
  compareDecimals,
  differByMoreThan,
  divideDecimals,
  fixDecimal,
  negateDecimal,
  parseDecimal,
  percentOf,
  roundTogether,
  subtractDecimals,
  sumDecimals,
} from '#domain/decimal.ts';
import { anyDecimal, divided, rounded, units, written } from './decimal-oracle.ts';

/** Checks a law for many random decimals; a failure names the smallest ones that break it. */
const law = <Values extends [unknown, ...unknown[]]>(
  name: string,
  values: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  holds: (...values: Values) => void,
) => test(name, () => fc.assert(fc.property(...values, holds), { numRuns: 1_000 }));

const digits = fc.integer({ min: 0, max: 20 });
const list = fc.array(anyDecimal, { maxLength: 12 });
const canonical = (text: string) => written(units(text));

law('every function returns the canonical text, as a second opinion computes it', [anyDecimal, anyDecimal], (a, b) => {
  expect(parseDecimal(a)).toBe(canonical(a));
  expect(addDecimals(a, b)).toBe(written(units(a) + units(b)));
  expect(subtractDecimals(a, b)).toBe(written(units(a) - units(b)));
  expect(negateDecimal(a)).toBe(written(-units(a)));
  expect(absDecimal(a)).toBe(canonical(a).replace('-', ''));
});

law('a + b - b = a, and a - a = 0', [anyDecimal, anyDecimal], (a, b) => {
  expect(subtractDecimals(addDecimals(a, b), b)).toBe(canonical(a));
  expect(subtractDecimals(a, a)).toBe('0');
  expect(addDecimals(a, b)).toBe(addDecimals(b, a));
});

law('a sum does not depend on the order, and adds up step by step', [list], (decimals) => {
  expect(sumDecimals(decimals)).toBe(written(decimals.reduce((sum, one) => sum + units(one), 0n)));
  expect(sumDecimals(decimals.toReversed())).toBe(sumDecimals(decimals));
  expect(sumDecimals(decimals)).toBe(decimals.reduce(addDecimals, '0'));
});

law('comparing is a total order, the one of the numbers', [anyDecimal, anyDecimal, anyDecimal], (a, b, c) => {
  expect(compareDecimals(a, b)).toBe(units(a) < units(b) ? -1 : Number(units(a) > units(b)));
  expect(compareDecimals(a, a)).toBe(0);
  expect(compareDecimals(a, b) + compareDecimals(b, a)).toBe(0);
  const [low = '', middle = '', high = ''] = [a, b, c].sort(compareDecimals);
  expect(compareDecimals(low, middle)).toBeLessThanOrEqual(0);
  expect(compareDecimals(middle, high)).toBeLessThanOrEqual(0);
  expect(compareDecimals(low, high)).toBeLessThanOrEqual(0);
});

law(
  'a difference is beyond a tolerance or not, in both directions',
  [anyDecimal, anyDecimal, anyDecimal],
  (a, b, t) => {
    const tolerance = absDecimal(t);
    const distance = units(a) > units(b) ? units(a) - units(b) : units(b) - units(a);
    expect(differByMoreThan(tolerance, a, b)).toBe(distance > units(tolerance));
    expect(differByMoreThan(tolerance, b, a)).toBe(differByMoreThan(tolerance, a, b));
  },
);

law('fixing rounds half away from zero and writes every digit', [anyDecimal, digits], (a, count) => {
  const fixed = fixDecimal(a, count);
  expect(fixed).toMatch(new RegExp(`^-?\\d+${count > 0 ? `\\.\\d{${count}}` : ''}$`));
  expect(fixed).not.toMatch(/^-[0.]+$/);
  expect(units(fixed)).toBe(rounded(units(a), count));
  expect(fixDecimal(fixed, count)).toBe(fixed);
  expect(fixDecimal(negateDecimal(a), count)).toBe(fixed.replace(/^-|^(?=.*[1-9])/, (sign) => (sign ? '' : '-')));
});

law(
  'a quotient is rounded once, half away from zero, and null where the divisor is 0',
  [anyDecimal, anyDecimal, digits],
  (a, b, count) => {
    const result = divideDecimals(a, b, count);
    expect(result).toBe(units(b) === 0n ? null : written(divided(units(a), units(b), count)));
    expect(divideDecimals(negateDecimal(a), negateDecimal(b), count)).toBe(result);
  },
);

law(
  'a percentage has two digits, the sign of the part, and is rounded once',
  [anyDecimal, anyDecimal],
  (part, whole) => {
    const percent = percentOf(part, whole);
    if (units(whole) === 0n) {
      expect(percent).toBeNull();
      return;
    }
    expect(units(percent ?? '')).toBe(divided(units(part) * 100n, units(absDecimal(whole)), 2));
    expect(percent).toMatch(/^-?\d+\.\d\d$/);
    expect(percentOf(whole, whole)).toBe(units(whole) < 0n ? '-100.00' : '100.00');
  },
);

law(
  'decimals rounded together add up to their rounded sum, each less than a unit from its own',
  [list, digits],
  (decimals, count) => {
    const together = roundTogether(decimals, count);
    expect(together).toHaveLength(decimals.length);
    expect(sumDecimals(together)).toBe(
      written(
        rounded(
          decimals.reduce((sum, one) => sum + units(one), 0n),
          count,
        ),
      ),
    );
    const unit = units(fixDecimal('1', count)) / 10n ** BigInt(count);
    let moved = 0n;
    for (const [index, decimal] of decimals.entries()) {
      const distance = units(together[index] ?? '') - units(decimal);
      expect(distance < unit && distance > -unit).toBe(true);
      expect(units(together[index] ?? '') % unit).toBe(0n);
      moved += (units(together[index] ?? '') - rounded(units(decimal), count)) / unit;
    }
    // As few as necessary go to another value than their nearest, all in one direction.
    const notNearest = decimals.filter((one, index) => units(together[index] ?? '') !== rounded(units(one), count));
    expect(BigInt(notNearest.length)).toBe(moved < 0n ? -moved : moved);
  },
);

law('an exponent moves the point, and nothing else', [anyDecimal, fc.integer({ min: -15, max: 15 })], (a, exponent) => {
  const factor = 10n ** BigInt(Math.abs(exponent));
  const count = units(a);
  expect(parseDecimal(`${a}e${exponent}`)).toBe(written(exponent < 0 ? count / factor : count * factor));
  expect(parseDecimal(`${a}E${exponent < 0 ? '' : '+'}${exponent}`)).toBe(parseDecimal(`${a}e${exponent}`));
});
