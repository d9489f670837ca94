import { expect, test } from 'vitest';
import { expectedDays, type OpenCoverage } from '#clickhouse/coverage/expected-days.ts';
import { dayNumber } from '#domain/day.ts';

const range = { from: '2026-01-01', to: '2026-01-04' };
const due = (integration_id: string, more: Partial<OpenCoverage['due'][number]> = {}) => ({
  ...{ integration_id, status: 'connected' as const, history_from: '2025-01-01', due_to: '2026-01-03' },
  ...more,
});
const read = (integration_id: string, days: string[], open_days: string[] = []) => ({
  ...{ integration_id, dataset: 'costs', through: '2026-01-02' },
  ...{ days: days.map(dayNumber), open_days: open_days.map(dayNumber) },
});
const complete = (coverage: OpenCoverage) => expectedDays(coverage, range).map(({ day, complete }) => [day, complete]);

test('a day is complete once every connected integration has read it after its end', () => {
  const a = read('a', ['2026-01-01', '2026-01-02', '2026-01-03'], ['2026-01-03']);
  const b = read('b', ['2026-01-01']);
  expect(complete({ due: [due('a'), due('b')], reads: [a, b] })).toEqual([
    ['2026-01-01', true],
    ['2026-01-02', false],
    ['2026-01-03', false],
  ]);
  expect(complete({ due: [due('a'), due('b', { status: 'disconnected' })], reads: [a, b] })).toEqual([
    ['2026-01-01', true],
    ['2026-01-02', true],
    ['2026-01-03', false],
  ]);
});

test('an integration counts from the start of its history; one that has read nothing has no complete day', () => {
  const a = read('a', ['2026-01-01', '2026-01-02', '2026-01-03']);
  const late = due('b', { history_from: '2026-01-03' });
  expect(complete({ due: [late, due('a')], reads: [a] })).toEqual([
    ['2026-01-01', true],
    ['2026-01-02', true],
    ['2026-01-03', false],
  ]);
  expect(complete({ due: [late], reads: [] })).toEqual([['2026-01-03', false]]);
  expect(complete({ due: [], reads: [] })).toEqual([]);
});
