import { expect, test } from 'vitest';
import { expiresSoon } from '#domain/integration.ts';

test.each([
  [null, false],
  ['2026-12-08T00:00:01Z', false],
  ['2026-12-08T00:00:00Z', true],
  ['2026-11-30T00:00:00Z', true],
])('a key that expires at %s is to be replaced on 1 December: %s', (expiresAt, isSoon) => {
  expect(expiresSoon(expiresAt, Date.parse('2026-12-01'))).toBe(isSoon);
});
