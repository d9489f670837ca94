import { expect, test } from 'vitest';
import { retryAfterMs } from '#providers/http/retry-after.ts';

const now = Date.parse('2026-08-01T12:00:00Z');

test.each([
  [{ 'retry-after-ms': '1500' }, 1500],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
  [{ 'retry-after': '20' }, 20_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': 'Sat, 01 Aug 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Sat, 01 Aug 2026 11:00:00 GMT' }, undefined],
  [{ 'retry-after': '0' }, undefined],
  [{ 'retry-after': '0.001' }, undefined],
  [{ 'retry-after-ms': '0' }, undefined],
  [{ 'retry-after': ['3', '4'] }, 3000],
  [{ 'retry-after': '999999999' }, 3_600_000],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': 'later' }, undefined],
  [{}, undefined],
])('%j is %s ms', (headers, ms) => {
  expect(retryAfterMs(headers, now)).toBe(ms);
});
