import { describe, expect, test } from 'vitest';
import { daysOf } from '#domain/day.ts';
import { forecastMonthEnd } from '#domain/forecast/forecast.ts';
import { withoutLumps } from '#domain/forecast/lumps.ts';
import type { DailyTotal } from '#domain/forecast/outlook.ts';

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
      days: daysOf({ from: '2026-06-11', to: '2026-07-01' }).map((day) => ({ day, amount: '10.00' })),
    });
  });

  test('knows the weekend', () => {
    // 26 June 2026 is a Friday: two Saturday-and-Sunday days and three others are to come.
    const days = daysBefore('2026-06-26', 90, worked);
    const forecast = forecastMonthEnd({ today: '2026-06-26', monthToDate: '0', days });
    expect(forecast?.amount).toBe('34.00');
    expect(forecast?.days.map(({ amount }) => amount)).toEqual(['10.00', '2.00', '2.00', '10.00', '10.00']);
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

  // 21 days of June are to come, or 20 where the day itself has been read.
  describe('of an organization that spends 100 a day, with one odd day', () => {
    const onTheTenth = (days: DailyTotal[]) => forecastMonthEnd({ today: '2026-06-10', monthToDate: '0', days });
    /** What the days to come are estimated at, where the day `ago` days ago cost something else. */
    function toComeWith(odd: string, { ago = 1, count = 56 } = {}) {
      const days = daysBefore('2026-06-10', count, () => 100);
      days[count - ago] = { day: days[count - ago]?.day ?? '', amount: odd, complete: true };
      return onTheTenth(days);
    }

    test.each(['-4900', '-1300', '-600', '-5', '0', '100000', '20100', '301', '33'])(
      'is 2100 for the days to come, whatever %s is a day of the latest week',
      (odd) => {
        for (const ago of [1, 2, 3, 4, 5, 6, 7, 9, 30, 56]) expect(toComeWith(odd, { ago })?.amount).toBe('2100.00');
      },
    );

    test.each([14, 15, 20, 28, 40, 365])('is the same with %i known days', (count) => {
      for (const odd of ['-4900', '0', '20100'])
        for (const ago of [1, 7, 9, 14]) expect(toComeWith(odd, { ago, count })?.amount).toBe('2100.00');
    });

    test('has an interval that no single day widens, and that is never below the month to date', () => {
      for (const odd of ['-4900', '20100'])
        for (const ago of [1, 9, 40]) {
          const forecast = toComeWith(odd, { ago, count: 365 });
          expect([forecast?.low, forecast?.high]).toEqual(['2100.00', '2100.00']);
        }
    });

    test('estimates the rest of a day that has a credit or a charge, too', () => {
      const days = daysBefore('2026-06-10', 56, () => 100);
      const withToday = (amount: string) => onTheTenth([...days, { day: '2026-06-10', amount, complete: false }]);
      expect(['-5000', '40', '20000'].map((amount) => withToday(amount)?.amount)).toEqual([
        '2100.00',
        '2060.00',
        '2000.00',
      ]);
    });
  });

  // 21 days of June are to come.
  describe('of an organization with days without costs', () => {
    const onTheTenth = (days: DailyTotal[]) => forecastMonthEnd({ today: '2026-06-10', monthToDate: '5', days });
    const toCome = (count: number, amount: (weekday: number, index: number) => number) =>
      Number(onTheTenth(daysBefore('2026-06-10', count, amount))?.amount) - 5;
    const counts = [14, 15, 20, 28, 40, 56, 365];

    test.each([4, 5, 6, 7, 10, 13, 14, 20, 28, 29, 49, 55, 56])('follows a stop %i days ago', (ago) => {
      for (const count of [56, 365]) {
        const stopped = (index: number) => index >= count - ago;
        expect(toCome(count, (_, index) => (stopped(index) ? 0 : 100))).toBe(0);
        expect(toCome(count, (weekday, index) => (stopped(index) ? 0 : worked(weekday)))).toBe(0);
        if (ago >= 7)
          expect(toCome(count, (_, index) => (index === count - 2 ? 20_000 : stopped(index) ? 0 : 100))).toBe(0);
      }
    });

    test('is not stopped by three days without costs', () => {
      expect(toCome(56, (_, index) => (index >= 53 ? 0 : 100))).toBe(2100);
    });

    test('follows a stop of one that rests at weekends', () => {
      const onWorkdays = (weekday: number) => (weekday === 0 || weekday === 6 ? 0 : 100);
      expect(toCome(56, (weekday, index) => (index >= 49 ? 0 : onWorkdays(weekday)))).toBe(0);
      // 15 working days are to come.
      expect(toCome(56, onWorkdays)).toBe(1500);
      expect(toCome(14, onWorkdays)).toBe(1500);
    });

    test.each(counts)('expects of one that spends every other day its mean, with %i known days', (count) => {
      // Of seven days three or four have costs: 900 or 1200.
      for (const phase of [0, 1]) {
        const estimate = toCome(count, (_, index) => (index % 2 === phase ? 100 : 0));
        expect(estimate).toBeGreaterThanOrEqual(899);
        expect(estimate).toBeLessThanOrEqual(1201);
      }
    });

    test.each(counts)(
      'expects of one that spends on one or two of three days its mean, with %i known days',
      (count) => {
        for (const phase of [0, 1, 2]) {
          const one = toCome(count, (_, index) => (index % 3 === phase ? 100 : 0));
          expect([one >= 599, one <= 901]).toEqual([true, true]);
          const two = toCome(count, (_, index) => (index % 3 === phase ? 0 : 100));
          expect([two >= 1199, two <= 1501]).toEqual([true, true]);
        }
      },
    );

    test.each(counts)('is as robust where only every other day has costs, with %i known days', (count) => {
      for (const odd of [0, 20_000])
        for (const phase of [0, 1])
          for (let ago = 1; ago <= 14; ago++) {
            const estimate = toCome(count, (_, index) => (index === count - ago ? odd : index % 2 === phase ? 100 : 0));
            // It leaves two to four of six or seven days, where three or four are usual.
            expect([ago, estimate >= 599, estimate <= 1601]).toEqual([ago, true, true]);
          }
    });

    test.each([4, 5, 6, 7, 8, 10, 14, 20, 27])('follows a start %i days ago', (ago) => {
      for (const count of [ago + 14, 49 + ago, 56, 365]) {
        expect(toCome(count, (_, index) => (index >= count - ago ? 100 : 0))).toBeCloseTo(2100, 1);
        // A charge in the days before or since changes nothing.
        for (const odd of [30, 1, 2, ago])
          expect(
            toCome(count, (_, index) => (index === count - odd ? 20_000 : index >= count - ago ? 100 : 0)),
          ).toBeCloseTo(2100, 1);
      }
    });

    test('follows a start after a pause, at another level too, and its working days', () => {
      for (const level of [100, 1000])
        for (const ago of [4, 5, 7, 10])
          expect(toCome(56, (_, index) => (index < 24 ? 100 : index < 56 - ago ? 0 : level))).toBe(level * 21);
      expect(toCome(56, (weekday, index) => (index < 49 || weekday === 0 || weekday === 6 ? 0 : 100))).toBe(1500);
    });

    test('expects nothing of up to three days with costs', () => {
      for (const ago of [1, 2, 3]) expect(toCome(56, (_, index) => (index >= 56 - ago ? 100 : 0))).toBe(0);
    });

    test.each([14, 20, 28, 56])('is as robust where weekends are free, with %i known days', (count) => {
      const onWorkdays = (weekday: number) => (weekday === 0 || weekday === 6 ? 0 : 100);
      for (const odd of [0, 20_000])
        for (let ago = 1; ago <= 14; ago++)
          expect(toCome(count, (weekday, index) => (index === count - ago ? odd : onWorkdays(weekday)))).toBe(1500);
    });

    test('is as robust where two days of the week have costs, with two weeks known', () => {
      // Mondays and Thursdays to come: 11, 15, 18, 22, 25 and 29 June.
      const twice = (weekday: number) => (weekday === 1 || weekday === 4 ? 350 : 0);
      for (let ago = 1; ago <= 14; ago++)
        expect(toCome(14, (weekday, index) => (index === 14 - ago ? 0 : twice(weekday)))).toBe(2100);
    });

    test('is not moved by one odd day of one that spends weekly', () => {
      // Mondays to come: 15, 22 and 29 June; the latest was on the 8th.
      expect(toCome(56, (weekday, index) => (weekday === 1 ? (index >= 49 ? 20_000 : 700) : 0))).toBe(2100);
    });

    test('takes a start for no one-off charge when it measures past errors', () => {
      const start = Array.from({ length: 56 }, (_, day) => ({ day, amount: day >= 52 ? 100 : 0 }));
      expect(withoutLumps(start)).toEqual(start);
      const lump = start.map(({ day }) => ({ day, amount: day === 52 ? 100 : 0 }));
      expect(withoutLumps(lump).every(({ amount }) => amount === 0)).toBe(true);
    });
  });

  test('is not moved by three odd days of a week either', () => {
    const days = daysBefore('2026-06-30', 90, (_, index) => (index >= 87 ? 5000 : 100));
    expect(forecastMonthEnd({ today: '2026-06-30', monthToDate: '0', days })?.amount).toBe('100.00');
  });

  test('follows a new level once most days of a week have it, however large the step', () => {
    const days = daysBefore('2026-06-30', 90, (_, index) => (index >= 86 ? 1000 : 10));
    expect(forecastMonthEnd({ today: '2026-06-30', monthToDate: '0', days })?.amount).toBe('1000.00');
  });

  test('knows what happens once a week, and expects nothing where that is rarer', () => {
    const weekly = daysBefore('2026-06-17', 56, (weekday) => (weekday === 1 ? 700 : 0));
    // Mondays to come: 22 and 29 June.
    expect(forecastMonthEnd({ today: '2026-06-17', monthToDate: '0', days: weekly })?.amount).toBe('1400.00');
    const monthly = daysBefore('2026-06-17', 56, (_, index) => (index === 10 || index === 40 ? 20_000 : 0));
    expect(forecastMonthEnd({ today: '2026-06-17', monthToDate: '20000', days: monthly })?.amount).toBe('20000.00');
  });

  test('measures its past errors without one-off charges, and with what recurs', () => {
    const lump = daysBefore('2026-06-10', 365, (_, index) => (index % 40 === 3 ? 20_000 : 100));
    const { amount, high } = forecastMonthEnd({ today: '2026-06-10', monthToDate: '0', days: lump }) ?? {};
    expect([amount, high]).toEqual(['2100.00', '2100.00']);
    const mondays = daysBefore('2026-06-10', 365, (weekday) => (weekday === 1 ? 2000 : 100));
    // Mondays to come: 15, 22 and 29 June.
    expect(forecastMonthEnd({ today: '2026-06-10', monthToDate: '0', days: mondays })).toMatchObject({
      amount: '7800.00',
      backtest_error_percent: '0.00',
    });
  });

  test('of nothing is nothing, and its days to come are never negative', () => {
    const on = (amount: (weekday: number, index: number) => number) =>
      forecastMonthEnd({ today: '2026-02-10', monthToDate: '5', days: daysBefore('2026-02-10', 365, amount) });
    expect(on(() => 0)).toMatchObject({ amount: '5.00', low: null });
    const often = on((_, index) => (index % 5 === 0 ? -500 : 100));
    expect([often?.amount, often?.low].map((each) => Number(each) >= 5)).toEqual([true, true]);
    // 19 days of February are to come.
    expect(on(() => 100)?.amount).toBe('1905.00');
  });
});
