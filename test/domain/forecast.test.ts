import { describe, expect, test } from 'vitest';
import { type DailyTotal, forecastMonthEnd } from '#domain/forecast/forecast.ts';

const DAY_MS = 86_400_000;
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The complete days before `to`, each costing what its weekday (0: Sunday) and place say. */
function daysBefore(to: string, count: number, amount: (weekday: number, index: number) => number): DailyTotal[] {
  return Array.from({ length: count }, (_, index) => {
    const time = Date.parse(to) - (count - index) * DAY_MS;
    return { day: iso(time), amount: amount(new Date(time).getUTCDay(), index).toFixed(18), complete: true };
  });
}
const flat = () => 10;
const worked = (weekday: number) => (weekday === 0 || weekday === 6 ? 2 : 10);

describe('the forecast', () => {
  test('of a steady organization is what it will be, to the cent, and its interval is no wider', () => {
    expect(
      forecastMonthEnd({ today: '2026-06-11', monthToDate: '100', days: daysBefore('2026-06-11', 365, flat) }),
    ).toEqual({
      amount: '300.00',
      low: '300.00',
      high: '300.00',
      method: 'weekday_level',
      confidence: 0.8,
      backtest_error_percent: '0.00',
    });
  });

  test('knows the weekend', () => {
    // 26 June 2026 is a Friday: two Saturday-and-Sunday days and three others are to come.
    const days = daysBefore('2026-06-26', 90, worked);
    expect(forecastMonthEnd({ today: '2026-06-26', monthToDate: '0', days })?.amount).toBe('34.00');
  });

  test('follows a level that rose a week ago', () => {
    const days = daysBefore('2026-06-29', 90, (_, index) => (index >= 83 ? 30 : 10));
    expect(forecastMonthEnd({ today: '2026-06-29', monthToDate: '0', days })?.amount).toBe('60.00');
  });

  test('adds to the exact month to date, and rounds once, halves away from zero', () => {
    const days = daysBefore('2026-06-30', 365, () => 0);
    const amountOf = (monthToDate: string) => forecastMonthEnd({ today: '2026-06-30', monthToDate, days })?.amount;
    expect(['12345678901234567.895', '0.004999999999999999', '-0.004', '-1.005', '0'].map(amountOf)).toEqual([
      '12345678901234567.90',
      '0.00',
      '0.00',
      '-1.01',
      '0.00',
    ]);
  });

  test('counts of today what is still to come, and never less than nothing', () => {
    const days = daysBefore('2026-06-30', 60, flat);
    const amountOf = (amount: string) =>
      forecastMonthEnd({
        today: '2026-06-30',
        monthToDate: amount,
        days: [...days, { day: '2026-06-30', amount, complete: false }],
      })?.amount;
    expect(['4', '25', '-3'].map(amountOf)).toEqual(['10.00', '25.00', '7.00']);
  });

  test('estimates days of the month that were not read, or were read while they went on', () => {
    const days = daysBefore('2026-06-30', 60, flat).filter(({ day }) => day !== '2026-06-20');
    days[days.length - 1] = { day: '2026-06-29', amount: '6', complete: false };
    // 27 days are known and 6 of the 29th; 10 for the 20th, 4 for the rest of the 29th, 10 for today.
    expect(forecastMonthEnd({ today: '2026-06-30', monthToDate: '276', days })?.amount).toBe('300.00');
  });

  test('is made on the first of a month too, when all of it is to come', () => {
    const days = daysBefore('2026-02-01', 60, flat);
    expect(forecastMonthEnd({ today: '2026-02-01', monthToDate: '0', days })?.amount).toBe('280.00');
  });

  test('is not made from fewer than 14 complete days, nor from old ones', () => {
    const on = (days: DailyTotal[]) => forecastMonthEnd({ today: '2026-06-20', monthToDate: '0', days });
    expect(on([])).toBeNull();
    expect(on(daysBefore('2026-06-20', 13, flat))).toBeNull();
    expect(on(daysBefore('2026-04-20', 300, flat))).toBeNull();
    const partly = daysBefore('2026-06-20', 14, flat).map((day, index) => ({ ...day, complete: index > 0 }));
    expect(on(partly)).toBeNull();
    // The first five days of the month are as unknown as those to come.
    expect(on(daysBefore('2026-06-20', 14, flat))?.amount).toBe('160.00');
  });

  test('has no interval where the past is too short to say', () => {
    const days = daysBefore('2026-06-11', 40, flat);
    expect(forecastMonthEnd({ today: '2026-06-11', monthToDate: '100', days })).toMatchObject({
      amount: '300.00',
      low: null,
      high: null,
      confidence: null,
      backtest_error_percent: null,
    });
  });

  test('lies within its interval, which says how much the past moved', () => {
    // Every third week costs twice as much.
    const days = daysBefore('2026-06-15', 365, (_, index) => (index % 21 < 7 ? 20 : 10));
    const { amount, low, high, backtest_error_percent } =
      forecastMonthEnd({ today: '2026-06-15', monthToDate: '0', days }) ?? {};
    expect(Number(low)).toBeLessThan(Number(amount));
    expect(Number(high)).toBeGreaterThan(Number(amount));
    expect(Number(backtest_error_percent)).toBeGreaterThan(5);
  });

  test('survives an organization that is only credited', () => {
    const days = daysBefore('2026-06-15', 365, () => -5);
    expect(forecastMonthEnd({ today: '2026-06-15', monthToDate: '-70', days })).toMatchObject({
      low: null,
      high: null,
    });
  });
});
