import { expect, test } from 'vitest';
import { anomalyAlertFacts } from '#domain/anomalies/anomaly-alert.ts';
import { findFalls, isFall } from '#domain/anomalies/falls.ts';
import { type Incident, judgeRanges } from '#domain/anomalies/judge-ranges.ts';
import { DEFAULT_SETTINGS, type Sensitivity } from '#domain/anomalies/sensitivity.ts';
import type { CostSeries } from '#domain/anomalies/series.ts';
import { restatementsOf } from '#domain/anomalies/told.ts';
import { CAUSE_DIMENSIONS, type CostChange } from '#domain/causes/cost-change.ts';
import { addDays, type DayRange, daysOf } from '#domain/day.ts';

/** A Wednesday, and the week that it is in. */
const DAY = { from: '2026-06-10', to: '2026-06-11' };
const WEEK = { from: '2026-06-08', to: '2026-06-15' };
const PAST = daysOf({ from: '2026-04-01', to: DAY.from });
const complete = new Set(daysOf({ from: '2026-04-01', to: '2026-06-20' }));

type Costs = (weekday: number, daysAgo: number) => number;
const flat = () => 100;

/** What a subject cost before the day, and from the day on. */
function series(
  past: Costs,
  now: number[],
  value = 'a',
  dimension: CostSeries['dimension'] = 'project_id',
): CostSeries {
  const before = PAST.map((day, index) => [day, past(new Date(day).getUTCDay(), PAST.length - index)] as const);
  const after = now.map((amount, index) => [addDays(DAY.from, index), amount] as const);
  const amounts = new Map([...before, ...after].map(([day, amount]) => [day, String(amount)]));
  return { dimension, value, currency: 'usd', amounts };
}

test.each<[string, Costs, number, Sensitivity, boolean]>([
  ['a job that stopped', flat, 0, 'low', true],
  ['nobody wants to know', flat, 0, 'off', false],
  ['a little that is left', flat, 9, 'medium', true],
  ['a holiday', flat, 20, 'medium', false],
  ['a holiday', flat, 20, 'high', false],
  ['a little more that is left', flat, 14, 'high', true],
  ['little money', () => 15, 0, 'high', false],
  ['what is used now and then', (_, ago) => (ago % 3 === 0 ? 100 : 0), 0, 'high', false],
  ['what began three weeks ago', (_, ago) => (ago <= 21 ? 100 : 0), 0, 'high', false],
  ['what had risen, and is as before', (_, ago) => (ago <= 21 ? 1000 : 100), 100, 'high', false],
  ['a weekend, where there is none', (weekday) => (weekday === 3 ? 0 : 100), 0, 'high', false],
  ['a public holiday', (weekday) => (weekday === 0 || weekday === 6 ? 0 : 100), 0, 'medium', false],
  ...[1, 2, 3].map((gone): [string, Costs, number, Sensitivity, boolean] => [
    `working day ${gone + 1} without it`,
    (weekday, ago) => (ago <= gone || weekday === 0 || weekday === 6 ? 0 : 100),
    0,
    'medium',
    gone >= 2,
  ]),
  [
    'working day 3 without it, after four single holidays',
    (weekday, ago) => ([1, 2, 13, 21, 29, 37].includes(ago) || weekday === 0 || weekday === 6 ? 0 : 100),
    0,
    'medium',
    true,
  ],
  ['the day after it paused weeks ago', (_, ago) => (ago === 20 ? 0 : 100), 0, 'medium', false],
  ['the second day', (_, ago) => (ago === 20 || ago === 1 ? 0 : 100), 0, 'medium', false],
  ['the third day: longer than it paused', (_, ago) => (ago === 20 || ago <= 2 ? 0 : 100), 0, 'medium', true],
  [
    'the third day, of what paused as long',
    (_, ago) => ([19, 20].includes(ago) || ago <= 2 ? 0 : 100),
    0,
    'high',
    false,
  ],
  ['what pauses on one day in ten', (_, ago) => (ago <= 5 || ago % 10 === 0 ? 0 : 100), 0, 'high', false],
])('%s', (_, past, amount, sensitivity, isTold) => {
  const falls = findFalls(DAY, { series: [series(past, [amount])], complete }, { ...DEFAULT_SETTINGS, sensitivity });
  expect(falls.map(({ subject }) => subject.value)).toEqual(isTold ? ['a'] : []);
});

test('what runs on weekends, and stops when all do, has a public holiday', () => {
  const people = (weekday: number) => (weekday === 0 || weekday === 6 ? 100 : 1000);
  const falls = (now: number, gone: number) => {
    const paused =
      (past: Costs): Costs =>
      (weekday, ago) =>
        ago <= gone ? 0 : past(weekday, ago);
    const all = [series(paused(flat), [0]), series(paused(people), [now], '', 'organization')];
    return findFalls(DAY, { series: all, complete }, DEFAULT_SETTINGS).map(({ subject }) => subject.dimension);
  };
  expect(falls(0, 0)).toEqual([]);
  expect(falls(900, 0)).toEqual(['project_id']);
  expect(falls(0, 2)).toEqual(['organization', 'project_id']);
});

test('a stop that was told of a weekend is not told again as a greater one of a working day', async () => {
  const weekly = (weekday: number) => (weekday === 0 ? 30 : 200);
  const SUNDAY = { from: '2026-06-07', to: '2026-06-08' };
  const past = series(weekly, [0]);
  const stopped = new Map([...past.amounts].map(([day, amount]) => [day, day >= '2026-06-05' ? '0' : amount]));
  const key = { ...past, dimension: 'api_key_id', value: 'k', amounts: stopped } as const;
  const project = { ...key, dimension: 'project_id', value: 'p' } as const;
  const told = await judge('2026-06-13', SUNDAY, [change('k', 30, 0)], [], [key]);
  expect(told).toMatchObject([{ subject: { value: 'k' }, usual: 30 }]);
  expect(await judge('2026-06-13', DAY, [change('k', 200, 0)], told, [key, project])).toEqual([]);
});

const change = (api_key_id: string, before: number, amount: number): CostChange => ({
  ...{
    project_id: 'p',
    project_name: 'Shop',
    api_key_id,
    api_key_name: '',
    model: 'm',
    line_item: 'in',
    currency: 'usd',
  },
  ...{ amount: `${amount}`, before: `${before}`, quantity: null, quantity_before: null },
  since: Object.fromEntries(CAUSE_DIMENSIONS.map((name) => [name, '2026-04-01'])) as CostChange['since'],
});
const STOPPED = [series(flat, [0, 0, 0, 0, 0], 'p'), series(flat, [0, 0, 0, 0, 0], 'k', 'api_key_id')];

async function judge(today: string, range: typeof DAY, changes: CostChange[], told: Incident[] = [], all = STOPPED) {
  const judged = { today, integration_id: 'i', costs: { series: all, complete }, settings: DEFAULT_SETTINGS, told };
  return judgeRanges([range], judged, async () => changes);
}

test('what stopped is told once, of the broadest, once two whole days have passed after it, with who and why', async () => {
  expect(await judge('2026-06-12', DAY, [change('k', 100, 0)]).then((told) => told.length)).toBe(0);
  const told = await judge('2026-06-13', DAY, [change('k', 100, 0), change('l', 5, 6)]);
  expect(told).toMatchObject([
    { alert_id: 'anomaly-i-2026-06-10-fall-1', subject: { value: 'p' }, amount: 0, usual: 100, causes: ['k'] },
  ]);
  const [fall] = told as [Incident];
  expect(isFall(fall)).toBe(true);
  // Neither the same day nor the days and the week after it are told again.
  for (const range of [DAY, { from: '2026-06-11', to: '2026-06-12' }, WEEK]) {
    expect(await judge('2026-06-20', range, [change('k', 700, 0)], told)).toEqual([]);
  }
  const facts = anomalyAlertFacts({ ...fall, integration_id: 'i', range: DAY, amount: '0' });
  expect(facts.title).toBe('Project Shop: USD 0.00 on 10 June 2026, usually USD 100.00');
  expect(facts.text).toBe(
    'That is USD 100.00 less than usual. It fell mostly because it stopped: USD 100.00. What fell most: in by the key k ' +
      'in Shop (USD 100.00). Where nobody has stopped it, look at what runs there.',
  );
  expect(facts.causes?.reasons).toEqual([{ reason: 'stopped', change: '-100' }]);
});

test.each(['', 'key'])(
  'what stops beside what was told is told, too, also where keys are not known: %j',
  async (key) => {
    const LATER = addDays(DAY.from, 5);
    const q = series(flat, [100, 100, 100, 100, 100, 0], 'q');
    const p = series(flat, [0, 0, 0, 0, 0, 0], 'p');
    const of = (project_id: string) => ({ ...change(key && `${key}-${project_id}`, 100, 0), project_id });
    const told = await judge('2026-06-13', DAY, [of('p')], [], [p, q]);
    expect(told).toMatchObject([{ subject: { value: 'p' }, causes: [key && 'key-p'] }]);
    const later = await judge('2026-06-18', { from: LATER, to: addDays(LATER, 1) }, [of('p'), of('q')], told, [p, q]);
    expect(later).toMatchObject([{ subject: { value: 'q' } }]);
    // What is told of p stands for it, and for nothing else of the same day.
    const both = [p, series(flat, [0], 'q')];
    const beside = await judge('2026-06-13', DAY, [of('p'), of('q')], told, both);
    expect(beside).toMatchObject([{ subject: { value: 'q' } }]);
  },
);

test.each([
  // What the day that was told has by now; whether it still stands for the stop of some days later.
  ['its costs came', 100, 1],
  ['half of them came', 60, 1],
  ['a little came', 40, 0],
])('a fall that is over stands for no other: %s', async (_, late, count) => {
  const LATER = addDays(DAY.from, 6);
  const all = [series(flat, [late, 100, 100, 100, 100, 100, 0], 'p')];
  const [told] = (await judge('2026-06-13', DAY, [change('k', 100, 0)])) as [Incident];
  const judged = await judge('2026-06-20', { from: LATER, to: addDays(LATER, 1) }, [change('k', 100, 0)], [told], all);
  expect(judged).toHaveLength(count);
});

test('what was told is not read again, but for what may be new', async () => {
  const told = await judge('2026-06-13', DAY, [change('k', 100, 0)]);
  const reads = async (costs: CostSeries[]) => {
    const judged = { today: '2026-06-14', integration_id: 'i', costs: { series: costs, complete } };
    const read: DayRange[] = [];
    await judgeRanges([DAY], { ...judged, settings: DEFAULT_SETTINGS, told }, async (range) => {
      read.push(range);
      return [change('k', 100, 0)];
    });
    return read;
  };
  expect(await reads(STOPPED)).toEqual([]);
  expect(await reads([...STOPPED, series(flat, [0], 'l', 'api_key_id')])).toEqual([DAY]);
  expect(await reads([...STOPPED, series(flat, [0], 'in', 'line_item')])).toEqual([DAY]);
  expect(await reads([...STOPPED, series(flat, [0], '', 'organization')])).toEqual([DAY]);
});

test('what moved to another key of the same project has not stopped', async () => {
  const key = STOPPED.slice(1);
  expect(await judge('2026-06-13', DAY, [change('k', 100, 0), change('new', 0, 95)], [], key)).toEqual([]);
  expect(await judge('2026-06-13', DAY, [change('k', 100, 0), change('new', 0, 40)], [], key)).toHaveLength(1);
});

test('costs that come late end it, in its history; without them it goes on', async () => {
  const [fall] = (await judge('2026-06-13', DAY, [change('k', 100, 0)])) as [Incident];
  const known = (amount: number, standing: 'raised' | 'ended') =>
    restatementsOf([{ ...fall, noted: 0, standing, events: 1 }], {
      series: [series(flat, [amount], 'p')],
      complete,
    }).map(({ event }) => event);
  expect(known(0, 'raised')).toEqual([]);
  expect(known(30, 'raised')).toEqual(['restated']);
  expect(known(90, 'raised')).toEqual(['ended']);
  expect(known(90, 'ended')).toEqual([]);
  expect(known(0, 'ended')).toEqual(['rose_again']);
});
