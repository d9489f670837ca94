import { expect, test } from 'vitest';
import { rereadOf } from '#domain/sync.ts';

const [SUNDAY, MONDAY, TUESDAY] = ['2026-11-29', '2026-11-30', '2026-12-01'];

test.each([
  ['a Sunday', SUNDAY, SUNDAY, 'recent'],
  ['a Monday', MONDAY, MONDAY, 'weekly'],
  ['a Monday, a day late', MONDAY, TUESDAY, 'weekly'],
  ['a Sunday, late over the Monday', SUNDAY, TUESDAY, 'weekly'],
  ['a Tuesday', TUESDAY, TUESDAY, 'recent'],
  ['a Tuesday, five days late', TUESDAY, '2026-12-06', 'recent'],
  ['a Tuesday, six days late', TUESDAY, '2026-12-07', 'weekly'],
])('a daily sync that was due on %s', (_, due, today, reread) => {
  expect(rereadOf(due, today)).toBe(reread);
});
