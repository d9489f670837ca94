import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import type { TruthDay } from '#dev/simulators/openai/truth.ts';
import { sum, units } from './money.ts';

const TODAY = '2026-11-23';
let simulator: Simulator;
let year: TruthDay[];

beforeAll(async () => {
  simulator = await startSimulator({ today: TODAY });
  year = simulator.truth.days('2025-11-23', TODAY);
});
afterAll(() => simulator.close());

const spent = (from: string, to: string, lineItem = '') =>
  sum(
    year
      .filter(({ day }) => day >= from && day < to)
      .flatMap(({ facts }) => facts.filter((fact) => fact.line_item.startsWith(lineItem)).map(({ amount }) => amount)),
  );
const dollars = (n: number) => units(String(n));
const dayOf = (day: string) => year.find((candidate) => candidate.day === day);

test('a day is the same for every simulator of the seed, whatever its today', async () => {
  const earlier = await startSimulator({ today: '2026-06-30' });
  const other = await startSimulator({ today: TODAY, seed: 'other' });
  expect(earlier.truth.days('2026-06-01', '2026-06-30')).toEqual(simulator.truth.days('2026-06-01', '2026-06-30'));
  expect(earlier.keys).toEqual(simulator.keys);
  expect(other.truth.total('2026-06-01', '2026-06-30')).not.toBe(simulator.truth.total('2026-06-01', '2026-06-30'));
  expect(other.organization.id).not.toBe(simulator.organization.id);
  await Promise.all([earlier.close(), other.close()]);
});

test('there are 430 days of history, and nothing beyond or ahead', () => {
  expect(simulator.truth.total('2025-09-19', '2025-09-20')).not.toBe('0');
  expect(simulator.truth.total('2025-09-01', '2025-09-19')).toBe('0');
  expect(simulator.truth.total('2026-11-24', '2027-01-01')).toBe('0');
});

test('a year costs about $150,000, in 60 to 150 facts on a working day', () => {
  const total = units(simulator.truth.total('2025-11-23', TODAY));
  expect(total).toBe(sum(year.map((day) => day.total)));
  expect(total).toBe(spent('2025-11-23', TODAY));
  expect(total > dollars(120_000) && total < dollars(180_000)).toBe(true);
  const working = year.filter(({ day, facts }) => facts.length > 0 && ![0, 6].includes(new Date(day).getUTCDay()));
  expect(Math.min(...working.map(({ facts }) => facts.length))).toBeGreaterThanOrEqual(60);
  expect(Math.max(...working.map(({ facts }) => facts.length))).toBeLessThanOrEqual(150);
});

test('amounts fit eighteen decimals, unless long ones are wanted', async () => {
  const long = await startSimulator({ today: TODAY, longDecimals: true });
  const decimals = (days: TruthDay[]) =>
    Math.max(...days.flatMap(({ facts }) => facts.map(({ amount }) => amount.split('.')[1]?.length ?? 0)));
  expect(decimals(year)).toBe(18);
  expect(decimals(long.truth.days('2026-11-01', '2026-11-03'))).toBe(39);
  await long.close();
});

test('the story: holidays, weekends, growth, launch, a new model, a price cut', () => {
  for (const holiday of ['2025-12-25', '2025-12-26', '2026-01-01']) expect(dayOf(holiday)?.facts).toEqual([]);
  expect(spent('2026-10-17', '2026-10-18') * 2n < spent('2026-10-19', '2026-10-20')).toBe(true);
  expect(spent('2026-10-01', '2026-11-01') > (spent('2026-01-01', '2026-02-01') * 5n) / 4n).toBe(true);
  expect(spent('2026-05-12', '2026-05-13') > (spent('2026-05-05', '2026-05-06') * 3n) / 2n).toBe(true);
  const both = ['gpt-4o-2024', 'gpt-5.4-2026'].map((model) => spent('2026-04-06', '2026-04-07', model));
  expect(both.every((amount) => amount > 0n)).toBe(true);
  expect(spent('2026-02-01', '2026-03-01', 'gpt-5.4-2026')).toBe(0n);
  const price = (day: string) => {
    const fact = dayOf(day)?.facts.find(({ line_item }) => line_item === 'gpt-5.6-luna, output');
    return Number(fact?.amount) / Number(fact?.quantity);
  };
  expect(price('2026-09-14') / price('2026-09-15')).toBeCloseTo(2);
});

test('a fixed price list, a free allowance, a credit, and items of every shape', () => {
  const facts = year.flatMap((day) => day.facts);
  expect(facts.some(({ amount, quantity }) => amount === '0' && Number(quantity) > 0)).toBe(true);
  expect(facts.some(({ amount }) => amount.startsWith('-'))).toBe(true);
  expect(facts.some(({ project_id }) => project_id === null)).toBe(true);
  expect(facts.some(({ api_key_id, user_id }) => api_key_id === null && user_id !== null)).toBe(true);
  const units = new Set(facts.map(({ quantity_unit }) => quantity_unit));
  expect([...units].sort()).toEqual(
    [
      '1000_widgets',
      'characters',
      'duration_minutes',
      'duration_seconds',
      'gibibyte_hours',
      'images',
      'sessions',
      'tokens',
      null,
    ].sort(),
  );
  const items = new Set(facts.map(({ line_item }) => line_item));
  for (const item of [
    'gpt-5.6-luna, cache writes',
    'priority | gpt-5.6-sol, output',
    'gpt-5.4-2026-03-05, cached input, long context',
    'ft-gpt-4o-2024-08-06, input',
    'gpt-realtime-2.1 audio, cached input',
    'gpt-image-1 text, cached input',
    'text-embedding-3-small',
    'assistants api | file search',
    'web search tool calls',
    'Robotics pilot (EU) – true-up #7',
  ]) {
    expect(items).toContain(item);
  }
});

test('the volume is a matter of one number, and changes the total by little', async () => {
  const large = await startSimulator({ today: TODAY, factsPerDay: 3000 });
  const small = await startSimulator({ today: TODAY, factsPerDay: 10 });
  const [day] = large.truth.days('2026-11-18', '2026-11-19');
  expect(day?.facts.length).toBeGreaterThan(2500);
  const names = day?.facts.map((fact) => [fact.project_id, fact.line_item, fact.api_key_id, fact.user_id].join());
  expect(new Set(names).size).toBe(names?.length);
  expect(Number(day?.total) / Number(dayOf('2026-11-18')?.total)).toBeCloseTo(1, 0);
  expect(small.truth.days('2026-11-18', '2026-11-19')[0]?.facts.length).toBeLessThan(20);
  await Promise.all([large.close(), small.close()]);
});
