import { describe, expect, test } from 'vitest';
import { findAnomalies } from '#domain/anomalies/find-anomalies.ts';
import { comparedWith, rangesToJudge } from '#domain/anomalies/ranges.ts';
import { type AnomalySettings, DEFAULT_SETTINGS, type Sensitivity } from '#domain/anomalies/sensitivity.ts';
import type { CostSeries } from '#domain/anomalies/series.ts';
import type { CauseDimension } from '#domain/causes/cost-change.ts';
import { addDays, daysOf } from '#domain/day.ts';

/** A Wednesday, and a week from Monday on. */
const DAY = { from: '2026-06-10', to: '2026-06-11' };
const WEEK = { from: '2026-06-08', to: '2026-06-15' };
const PAST = daysOf({ from: '2026-04-01', to: DAY.from });
const complete = new Set(daysOf({ from: '2026-04-01', to: '2026-06-15' }));

type Costs = (weekday: number, daysAgo: number) => number;
const flat = () => 100;
const atWork: Costs = (weekday) => (weekday === 0 || weekday === 6 ? 10 : 100);
/** Off by up to a tenth. */
const noisy: Costs = (_, ago) => 100 + ((ago * 7) % 21) - 10;

/** What a subject cost before the day, and from the day on. */
function series(
  past: Costs,
  now: number | number[],
  dimension: CostSeries['dimension'] = 'project_id',
  value = 'a',
): CostSeries {
  const before = PAST.map((day, index) => [day, past(new Date(day).getUTCDay(), PAST.length - index)] as const);
  const after = [now].flat().map((amount, index) => [addDays(DAY.from, index), amount] as const);
  return {
    dimension,
    value,
    currency: 'usd',
    amounts: new Map([...before, ...after].map(([day, n]) => [day, String(n)])),
  };
}

const find = (all: CostSeries[], settings: Partial<AnomalySettings> = {}, range = DAY) =>
  findAnomalies(range, { series: all, complete }, { ...DEFAULT_SETTINGS, ...settings });
const told = (...given: Parameters<typeof find>) => find(...given).map(({ subject }) => subject.value);

describe('a day', () => {
  test.each<[string, Costs, number, Sensitivity, boolean]>([
    ['as usual', flat, 100, 'high', false],
    ['a little more than usual', flat, 125, 'high', false],
    ['a third more', flat, 135, 'high', true],
    ['a third more', flat, 135, 'medium', false],
    ['twice as much', flat, 200, 'medium', true],
    ['twice as much', flat, 200, 'low', false],
    ['three times as much', flat, 300, 'low', true],
    ['three times as much, and nobody wants to know', flat, 300, 'off', false],
    ['less than usual', flat, 0, 'high', false],
    ['little money', () => 1, 20.9, 'high', false],
    ['enough money', () => 1, 21, 'high', true],
    ['within what it scatters by', noisy, 130, 'high', false],
    ['outside of what it scatters by', noisy, 200, 'medium', true],
    ['a working day as working days are', atWork, 110, 'high', false],
    ['a new level that four of seven days have', (_, ago) => (ago <= 4 ? 300 : 100), 300, 'high', false],
    ['a leap that goes on', (_, ago) => (ago <= 2 ? 300 : 100), 300, 'medium', true],
    ['twice as much after a spike a week ago', (_, ago) => (ago === 7 ? 5000 : 100), 200, 'medium', true],
    ['as much as always, of what is used now and then', (_, ago) => (ago % 4 === 0 ? 100 : 0), 100, 'high', false],
    ['far more, of what is used now and then', (_, ago) => (ago % 4 === 0 ? 100 : 0), 400, 'low', true],
    ['use that goes on after a pause', (_, ago) => (ago <= 10 ? 0 : 100), 100, 'high', false],
    ['a lasting step, four weeks on', (weekday, ago) => (ago <= 26 + (weekday % 2) ? 300 : 100), 300, 'high', false],
    ['what is usual again after a week of pause', (_, ago) => (ago <= 7 ? 20 : 100), 100, 'high', false],
    ['what is usual again after two weeks of pause', (_, ago) => (ago <= 14 ? 20 : 100), 100, 'high', false],
    ['of what began ten days ago', (_, ago) => (ago <= 10 ? 5 : 0), 1000, 'high', false],
    ['of what is new', () => 0, 1000, 'high', false],
  ])('%s', (_, past, amount, sensitivity, isTold) => {
    expect(told([series(past, amount)], { sensitivity })).toEqual(isTold ? ['a'] : []);
  });

  test('a weekend that is like a working day is far outside', () => {
    const saturday = { from: '2026-06-13', to: '2026-06-14' };
    expect(told([series(atWork, [100, 100, 100, 100])], {}, saturday)).toEqual(['a']);
  });

  test('a weekday without costs has none, unless it often has', () => {
    const sunday = { from: '2026-06-14', to: '2026-06-15' };
    const workdays: Costs = (weekday) => (weekday === 0 || weekday === 6 ? 0 : 100);
    const on = (past: Costs, amount: number) => told([series(past, [100, 100, 100, 0, amount])], {}, sunday);
    expect(on(workdays, 50)).toEqual([]);
    expect(on(workdays, 70)).toEqual(['a']);
    const now: Costs = (weekday, ago) => (weekday === 0 && ago % 3 === 0 ? 100 : workdays(weekday, ago));
    expect(on(now, 100)).toEqual([]);
  });

  test('a step of each weekday is told by four days of it at most, and not when the medians follow it', () => {
    for (const start of daysOf({ from: '2026-05-04', to: '2026-05-11' })) {
      const amounts = new Map(
        daysOf({ from: '2026-03-05', to: '2026-06-12' }).map((day) => [day, String(day < start ? 200 : 600)]),
      );
      const days = [...amounts.keys()].filter((day) => day >= start);
      const costs = { series: [{ ...series(flat, 0), amounts }], complete: new Set(amounts.keys()) };
      const found = days.filter(
        (from) => findAnomalies({ from, to: addDays(from, 1) }, costs, DEFAULT_SETTINGS).length,
      );
      expect(found).toEqual(days.slice(0, found.length));
      expect(found.length).toBeLessThanOrEqual(4);
    }
  });

  test('says how much it cost, and how much is usual; the greatest excess comes first', () => {
    const all = [series(flat, 300), series(flat, 1000, 'model', 'm'), series(flat, 101, 'line_item', 'l')];
    expect(find(all)).toEqual([
      { ...DAY, subject: { dimension: 'model', value: 'm', currency: 'usd' }, amount: 1000, usual: 100 },
      { ...DAY, subject: { dimension: 'project_id', value: 'a', currency: 'usd' }, amount: 300, usual: 100 },
    ]);
  });

  test('what is a small part of all is not worth a word', () => {
    const key = series(() => 5, 100, 'api_key_id', 'k');
    expect(told([series(flat, 100), key])).toEqual(['k']);
    expect(told([series(() => 50_000, 50_000), key])).toEqual([]);
  });

  test('each currency has its own measure of what is small', () => {
    const yen = { ...series(() => 1_000_000, 1_000_000), currency: 'jpy' };
    expect(told([yen, series(flat, 5000)])).toEqual(['a']);
  });

  test('what is new is told by the organization, without what is muted', () => {
    const whole = (today: number) => series(flat, today, 'organization', '');
    const fresh = ['project_id', 'api_key_id', 'model', 'line_item'].map((each) =>
      series(() => 0, 10_000, each as CauseDimension, 'new'),
    );
    expect(find([series(flat, 100), whole(10_100), ...fresh])).toMatchObject([
      { subject: { dimension: 'organization', value: '', currency: 'usd' }, amount: 10_100, usual: 100 },
    ]);
    const muted = [{ dimension: 'project_id', value: 'a' } as const];
    expect(told([series(flat, 10_100), whole(10_100)], { muted })).toEqual([]);
  });

  test('costs that only move are no rise, except of projects', () => {
    const moved = (dimension: CauseDimension) => [series(flat, 10, dimension, 'x'), series(flat, 190, dimension, 'y')];
    expect(told(moved('api_key_id'))).toEqual([]);
    expect(told(moved('model'))).toEqual([]);
    expect(told(moved('project_id'))).toEqual(['y']);
    expect(told([series(flat, 50, 'model', 'x'), series(flat, 400, 'model', 'y')])).toEqual(['y']);
  });

  test('what is muted is not told', () => {
    const all = [series(flat, 300), series(flat, 300, 'model', 'a')];
    const muted = [{ dimension: 'model', value: 'a' } as const];
    expect(find(all, { muted }).map(({ subject }) => subject.dimension)).toEqual(['project_id']);
  });
});

describe('a week', () => {
  test.each<[string, number, Sensitivity, boolean]>([
    ['a tenth more', 110, 'high', false],
    ['a third more', 135, 'medium', true],
    ['a third more', 135, 'low', false],
    ['twice as much', 200, 'low', true],
  ])('%s each day', (_, amount, sensitivity, isTold) => {
    const past: Costs = (_, ago) => (ago <= 2 ? amount : 100);
    const all = [
      series(
        past,
        Array.from({ length: 5 }, () => amount),
      ),
    ];
    expect(told(all, { sensitivity }, WEEK)).toEqual(isTold ? ['a'] : []);
  });

  test('that is no more than one of the last three is not told again', () => {
    const past: Costs = (_, ago) => (ago <= 9 ? 150 : 100);
    expect(told([series(past, [150, 150, 150, 150, 150])], {}, WEEK)).toEqual([]);
  });
});

test('judged are the days of the last week and those that were changed, and their weeks, as far as they are known', () => {
  const ranges = (today: string, days: ReadonlySet<string>, changed: string[] = []) =>
    rangesToJudge(today, days, changed).map(({ from, to }) => `${from} ${to}`);
  const days = (from: string, to: string) => daysOf({ from, to }).map((day) => `${day} ${addDays(day, 1)}`);
  expect(ranges('2026-06-10', complete)).toEqual([...days('2026-06-03', '2026-06-10'), '2026-06-01 2026-06-08']);
  expect(ranges('2026-06-15', complete)).toEqual([...days('2026-06-08', '2026-06-15'), '2026-06-08 2026-06-15']);
  const missing = new Set([...complete].filter((day) => day !== '2026-06-07'));
  expect(ranges('2026-06-10', missing)).toEqual([
    ...days('2026-06-03', '2026-06-07'),
    ...days('2026-06-08', '2026-06-10'),
  ]);
  expect(ranges('2026-06-15', complete, ['2026-05-20'])).toEqual([
    ...days('2026-05-20', '2026-05-21'),
    ...days('2026-06-08', '2026-06-15'),
    '2026-05-18 2026-05-25',
    '2026-06-08 2026-06-15',
  ]);
  expect(comparedWith(DAY)).toEqual({ days: ['2026-06-03', '2026-05-27', '2026-05-20', '2026-05-13'], times: 4 });
});
