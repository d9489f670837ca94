import { expect, test } from 'vitest';
import { generateKeyPair, publicKeyOf } from '#credentials/key-pair.ts';

test('a public key follows from its private key, and each pair is new', () => {
  const pair = generateKeyPair();
  expect(publicKeyOf(pair.privateKey)).toBe(pair.publicKey);
  expect(pair.publicKey).toMatch(/^[\w-]{43}$/);
  expect(generateKeyPair().privateKey).not.toBe(pair.privateKey);
});

test.each(['', 'c2hvcnQ', 'A'.repeat(42), 'A'.repeat(44)])('%j is no private key', (text) => {
  expect(() => publicKeyOf(text)).toThrow(RangeError);
});
