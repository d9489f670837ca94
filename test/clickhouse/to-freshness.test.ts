import { expect, test } from 'vitest';
import { type Coverage, toFreshness } from '#clickhouse/coverage/to-freshness.ts';
import { dayNumber } from '#domain/day.ts';

const range = { from: '2026-01-03', to: '2026-01-08' };
const due = (integration_id: string, more: Partial<Coverage['due'][number]> = {}) => ({
  ...{ integration_id, status: 'connected' as const, history_from: '2026-01-01', due_to: '2026-01-07' },
  ...more,
});
const read = (integration_id: string, days: string[], more: Partial<Coverage['reads'][number]> = {}) => ({
  ...{ integration_id, dataset: 'costs', through: '2026-01-06' },
  ...{ days: days.map(dayNumber), ...more },
});
const days = (...numbers: number[]) => numbers.map((number) => `2026-01-0${number}`);

test('days that one integration lacks are missing, up to the day that is due or read', () => {
  const reads = [read('a', days(3, 4, 5, 6)), read('b', days(3, 5, 6, 7), { through: '2026-01-05' })];
  expect(toFreshness({ due: [due('a'), due('b')], reads }, range)).toEqual({
    synced_through: '2026-01-05',
    missing_days: days(4),
    missing_before: [],
    history_start: '2026-01-01',
    integrations_found: 2,
  });
});

test('the history starts with the first day that any of them should have', () => {
  const startOf = (...integrations: Coverage['due']) =>
    toFreshness({ due: integrations, reads: [] }, range).history_start;
  expect(startOf(due('a', { history_from: '2025-06-01' }), due('b'))).toBe('2025-06-01');
  expect(startOf()).toBeNull();
});

test('an integration that was never read lacks its whole history, and nothing is synced', () => {
  const coverage = { due: [due('a', { history_from: '2026-01-05' }), due('b')], reads: [read('b', days(3, 4, 5, 6))] };
  expect(toFreshness(coverage, range)).toMatchObject({ synced_through: null, missing_days: days(5, 6) });
  expect(toFreshness({ due: [], reads: [] }, range)).toMatchObject({ synced_through: null, integrations_found: 0 });
});

test('a disconnected integration holds nothing back beside a connected one, and lacks days all the same', () => {
  const gone = due('gone', { status: 'disconnected', due_to: '2026-01-05' });
  const reads = [read('gone', days(3), { through: '2026-01-03' }), read('a', days(3, 4, 5, 6))];
  expect(toFreshness({ due: [gone, due('a')], reads }, range)).toMatchObject({
    synced_through: '2026-01-06',
    missing_days: days(4),
  });
  expect(toFreshness({ due: [gone], reads }, range)).toMatchObject({ synced_through: '2026-01-03' });
});

test('the previous range is expected in whole of an integration with history in this one', () => {
  const reads = [read('a', days(2, 3, 4, 5, 6))];
  const compared = { ...range, previous_from: '2025-12-30' };
  const before = ['2025-12-30', '2025-12-31', '2026-01-01'];
  expect(toFreshness({ due: [due('a')], reads }, compared)).toMatchObject({ missing_days: [], missing_before: before });
  expect(toFreshness({ due: [due('a', { history_from: '2026-01-08' })], reads }, compared).missing_before).toEqual([]);
});

test('a selected dataset that was never read lacks every day; one that is not selected and never read lacks none', () => {
  const reads = [read('a', days(3, 4, 5, 6), { dataset: 'usage/completions' })];
  const selected = { ...range, datasets: ['usage/completions', 'usage/images'] };
  expect(toFreshness({ due: [due('a')], reads }, selected)).toMatchObject({
    synced_through: null,
    missing_days: days(3, 4, 5, 6),
  });
  expect(toFreshness({ due: [due('a')], reads }, range)).toMatchObject({ missing_days: [] });
});
