import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS, periodAround } from '#domain/budgets/budget.ts';
import { comparedPeriod } from '#domain/budgets/compared-period.ts';
import { evaluateBudget, reachedThresholds } from '#domain/budgets/evaluate-budget.ts';
import { addDays, daysOf } from '#domain/day.ts';

test.each([
  ['2026-01-01', 'month', '2026-01-01', '2026-02-01'],
  ['2024-02-29', 'month', '2024-02-01', '2024-03-01'],
  ['2026-03-31', 'quarter', '2026-01-01', '2026-04-01'],
  ['2026-12-31', 'quarter', '2026-10-01', '2027-01-01'],
  ['2026-04-01', 'year', '2026-01-01', '2027-01-01'],
] as const)('%s is in the %s from %s to %s', (day, period, from, to) => {
  expect(periodAround(day, period)).toEqual({ from, to });
});

test.each([
  ['month', '2026-06-01', '2026-06-11', '2026-06-12', '2026-05-01', '2026-05-11'],
  ['month', '2026-03-01', '2026-03-30', '2026-03-31', '2026-02-01', '2026-02-28'], // February has no more
  ['month', '2026-06-01', '2026-07-05', '2026-07-01', '2026-05-01', '2026-05-30'],
  ['quarter', '2026-04-01', '2026-04-03', '2026-04-04', '2026-01-01', '2026-01-03'],
] as const)(
  'a %s from %s is compared on %s with the same days of the one before',
  (period, from, now, to, first, last) => {
    const { range, days } = comparedPeriod(period, periodAround(from, period), now);
    expect(range).toEqual({ from, to });
    expect([days[0], days.at(-1)]).toEqual([first, last]);
  },
);

/** The 11th of a month of 30 days, in which each day has cost 10 for a year. */
const TODAY = '2026-06-11';
const year = (amount = '10', count = 365) =>
  daysOf({ from: addDays(TODAY, -count), to: TODAY }).map((day) => ({ day, amount, complete: true }));
const ON = { today: TODAY, period: periodAround(TODAY, 'month') };
const usual = { amount: '100', missing_days: [], days: year() };
const MISSING = ['2026-06-04'];

/** Which of the default thresholds are reached, such as a50 of what was spent and f100 of the forecast. */
const reachedOf = (amount: string, evaluation: ReturnType<typeof evaluateBudget>) =>
  reachedThresholds({ amount, thresholds: DEFAULT_THRESHOLDS }, evaluation).map(
    ({ of, percent }) => `${of[0]}${percent}`,
  );

describe('a budget', () => {
  test.each([
    // budget, spent, what else; state, why unknown, reached, day of breach
    ['1000', usual, 'on_track', null, '', null],
    ['300.01', usual, 'on_track', null, '', null],
    ['300', usual, 'at_risk', null, 'f100', '2026-06-30'],
    ['200', usual, 'at_risk', null, 'a50 f100', '2026-06-20'],
    ['200.01', usual, 'at_risk', null, 'f100', '2026-06-21'],
    ['125', usual, 'at_risk', null, 'a50 a80 f100', '2026-06-13'],
    ['100', usual, 'exceeded', null, 'a50 a80 a100 f100', null],
    ['100', { ...usual, amount: '99.999999999999999999' }, 'at_risk', null, 'a50 a80 f100', '2026-06-11'],
    // What was spent counts in any case; all else needs every day.
    ['100', { ...usual, missing_days: MISSING }, 'exceeded', null, 'a50 a80 a100', null],
    ['150', { ...usual, missing_days: MISSING }, 'unknown', 'missing_days', 'a50', null],
    ['1000', { ...usual, missing_days: MISSING }, 'unknown', 'missing_days', '', null],
    ['1000', { ...usual, days: year('10', 13) }, 'unknown', 'short_history', '', null],
    ['100', { ...usual, days: year('10', 13) }, 'exceeded', null, 'a50 a80 a100', null],
    // 14 days make a forecast, and none of its errors: the breach has no interval.
    ['200', { ...usual, days: year('10', 14) }, 'at_risk', null, 'a50 f100', '2026-06-20'],
    // Nothing was ever spent; a credit is more than what was spent.
    ['1', { amount: '0', missing_days: [], days: year('0') }, 'on_track', null, '', null],
    ['1', { amount: '-5', missing_days: [], days: year('0') }, 'on_track', null, '', null],
  ] as const)('of %s with %o is %s', (amount, spend, state, because, reached, breach) => {
    const evaluation = evaluateBudget({ amount }, { ...ON, spend });
    expect(evaluation).toMatchObject({ state, unknown_because: because });
    expect(reachedOf(amount, evaluation).join(' ')).toBe(reached);
    expect(evaluation.breach?.day ?? null).toBe(breach);
  });

  test('says when it may be used up at the earliest and at the latest', () => {
    // Weeks of 5 and of 15 a day take turns, so that what is to come was often more or less than expected.
    const days = year().map((each, index) => ({ ...each, amount: Math.floor(index / 7) % 2 ? '5' : '15' }));
    const { breach, forecast } = evaluateBudget({ amount: '200' }, { ...ON, spend: { ...usual, days } });
    const { day = '', earliest, latest } = breach ?? {};
    expect(Number(forecast?.low)).toBeLessThan(Number(forecast?.high));
    expect(earliest && earliest < day).toBe(true);
    expect(latest === null || (latest !== undefined && latest >= day)).toBe(true);
    const short = evaluateBudget({ amount: '200' }, { ...ON, spend: { ...usual, days: year('10', 14) } });
    expect(short.breach).toEqual({ day: '2026-06-20', earliest: null, latest: null });
  });

  test('whose period is over has no forecast, and is known as soon as no day is missing', () => {
    const over = { today: '2026-07-02', period: ON.period };
    const of = (spend: Parameters<typeof evaluateBudget>[1]['spend']) =>
      evaluateBudget({ amount: '101' }, { ...over, spend });
    expect(of(usual)).toMatchObject({ state: 'on_track', forecast: null, breach: null, spent_percent: '99.01' });
    expect(of({ ...usual, amount: '101' })).toMatchObject({ state: 'exceeded', forecast: null });
    expect(of({ ...usual, missing_days: MISSING })).toMatchObject({ state: 'unknown' });
  });

  test('of a year is forecast over the rest of the year', () => {
    const period = periodAround(TODAY, 'year');
    const { forecast, breach, state } = evaluateBudget(
      { amount: '3000' },
      { today: TODAY, period, spend: { ...usual, amount: '1610' } },
    );
    expect([forecast?.amount, state, breach?.day]).toEqual(['3650.00', 'at_risk', '2026-10-27']);
  });
});
