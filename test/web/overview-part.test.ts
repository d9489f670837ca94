import { expect, test } from 'vitest';
import type { Overview } from '#api/routes/overview/get-overview.ts';
import { lacksPart, NOT_READ, partOf } from '#web/src/overview/overview-part.ts';

const overview = { alerts: [], budgets: null, limits: [] } as unknown as Overview;

test('a part that could not be read says so, and costs no other', () => {
  expect(partOf('budgets', { overview, error: undefined })).toEqual({ data: undefined, error: NOT_READ });
  expect(partOf('alerts', { overview, error: undefined })).toEqual({ data: [], error: undefined });
  expect(lacksPart(overview)).toBe(true);
});

test('while it loads nothing is wrong, and a whole overview that fails is wrong in all parts', () => {
  const error = new Error('The API does not respond');
  expect(partOf('limits', { overview: undefined, error: undefined })).toEqual({ data: undefined, error: undefined });
  expect(partOf('limits', { overview: undefined, error })).toEqual({ data: undefined, error });
  expect(lacksPart({ ...overview, budgets: [] })).toBe(false);
  expect(lacksPart(undefined)).toBe(false);
});
