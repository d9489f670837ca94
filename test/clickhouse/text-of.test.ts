import { expect, test } from 'vitest';
import { textOf } from '#clickhouse/aggregates/cost-facts.ts';

test.each(['', 'usd', 'tokens', '1000_characters', 'gibibyte_hours', 'ä'.repeat(16)])(
  '%j is its bytes as a number',
  (text) => {
    const number = Buffer.from(text).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
    expect(textOf(String(number))).toBe(text);
  },
);

test('a number is what ClickHouse makes of a text', () => {
  expect([textOf('6583157'), textOf('126917985136500')]).toEqual(['usd', 'tokens']);
});
