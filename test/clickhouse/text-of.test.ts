import { expect, test } from 'vitest';
import { isKnownUnit, textOf } from '#clickhouse/aggregates/cost-facts.ts';

test.each(['', 'usd', 'tokens', '1000_characters', 'gibibyte_hours', 'ä'.repeat(16)])(
  '%j is its bytes as a number',
  (text) => {
    expect(textOf(numberOf(text))).toBe(text);
  },
);

test('a number is what ClickHouse makes of a text', () => {
  expect([textOf('6583157'), textOf('126917985136500')]).toEqual(['usd', 'tokens']);
});

test('a unit that is absent, or may have been cut off, is not known', () => {
  const known = ['', 'tokens', 'x'.repeat(31), 'x'.repeat(32)].map((unit) => isKnownUnit(numberOf(unit)));
  expect(known).toEqual([false, true, true, false]);
});

/** What ClickHouse makes of a text's bytes. */
const numberOf = (text: string) => String(Buffer.from(text).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n));
