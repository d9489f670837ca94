import { expect, test } from 'vitest';
import type { AlertEvent } from '#domain/alerts/alert.ts';
import { causesOf, type KnownAnomaly, restatementsOf, standingAlerts } from '#domain/anomalies/told.ts';
import type { CostChange } from '#domain/causes/cost-change.ts';
import { addDays, type Day, daysOf } from '#domain/day.ts';

const SUBJECT = { dimension: 'project_id', value: 'p', currency: 'usd' } as const;
/** A Wednesday. */
const DAY = '2026-06-10';
const oneDay = (day: Day) => ({ from: day, to: addDays(day, 1) });
const known = (day: Day, amount = 300, more: Partial<KnownAnomaly> = {}): KnownAnomaly => ({
  ...{ ...oneDay(day), subject: SUBJECT, usual: 100, amount, alert_id: 'alert', causes: [] },
  ...{ noted: amount, standing: 'raised', events: 1, ...more },
});

/** 100 a day, 10 on weekends, and what some days have instead. */
function costs(other: Record<Day, number> = {}, missing: Day[] = []) {
  const days = daysOf({ from: '2026-04-01', to: '2026-06-20' });
  const isWeekend = (day: Day) => [0, 6].includes(new Date(day).getUTCDay());
  const amounts = new Map(days.map((day) => [day, String(other[day] ?? (isWeekend(day) ? 10 : 100))]));
  return {
    series: [{ ...SUBJECT, amounts }],
    complete: new Set(days.filter((day) => !missing.includes(day))),
  };
}

test.each<[string, string, Record<Day, number>, boolean]>([
  ['the day before goes on', '2026-06-09', {}, true],
  ['a day was as usual between', '2026-06-08', {}, false],
  ['it was as far above between', '2026-06-08', { '2026-06-09': 250 }, true],
  ['it was a little above between', '2026-06-08', { '2026-06-09': 150 }, false],
  ['it was told of a later day', '2026-06-11', {}, true],
  ['it was told of a later day, with a usual one between', '2026-06-12', {}, false],
  [
    'it lasts, and is usual by now',
    '2026-06-04',
    Object.fromEntries(
      daysOf({ from: '2026-06-05', to: DAY }).map((day) => [day, new Date(day).getUTCDay() % 6 ? 300 : 30]),
    ),
    true,
  ],
  [
    'it was told a week before',
    '2026-06-02',
    Object.fromEntries(daysOf({ from: '2026-06-03', to: DAY }).map((day) => [day, 300])),
    false,
  ],
])('an alert stands for what goes on: %s', (_, told, other, isStanding) => {
  const standing = standingAlerts(oneDay(DAY), [known(told)], costs({ [told]: 300, ...other }));
  expect(standing).toHaveLength(isStanding ? 1 : 0);
});

test('an alert stands with what its day costs by now', () => {
  const standing = (missing: Day[]) =>
    standingAlerts(oneDay(DAY), [known('2026-06-09', 150)], costs({ '2026-06-09': 900 }, missing));
  expect(standing([]).map(({ amount }) => amount)).toEqual([900]);
  expect(standing(['2026-06-09']).map(({ amount }) => amount)).toEqual([150]);
});

test.each<[string, number, Partial<KnownAnomaly>, AlertEvent | undefined]>([
  ['a little more', 350, {}, undefined],
  ['far more', 5350, {}, 'restated'],
  ['what was noted', 5350, { noted: 5350, standing: 'restated', events: 2 }, undefined],
  ['less, and still above', 210, {}, 'restated'],
  ['hardly anything above', 190, {}, 'fell_below'],
  ['hardly anything, as noted', 120, { noted: 190, standing: 'fell_below', events: 2 }, undefined],
  ['as much again', 290, { noted: 120, standing: 'fell_below', events: 2 }, 'rose_again'],
])('what late data and credits changed is noted: %s', (_, now, more, event) => {
  const restatements = restatementsOf([known(DAY, 300, more)], costs({ [DAY]: now }));
  expect(restatements.map((each) => [each.event, each.spent])).toEqual(event ? [[event, String(now)]] : []);
  expect(restatementsOf([known(DAY, 300, more)], costs({ [DAY]: now }, [DAY]))).toEqual([]);
});

test('causes are the keys that made up most of the rise, the greatest first', () => {
  const change = (api_key_id: string, before: number, amount: number) =>
    ({ project_id: 'p', api_key_id, currency: 'usd', before: String(before), amount: String(amount) }) as CostChange;
  const changes = [
    change('a', 10, 30),
    change('b', 0, 500),
    change('c', 100, 20),
    change('', 0, 100),
    change('d', 1, 5),
  ];
  expect(causesOf(known(DAY), changes)).toEqual(['b', '']);
});
