import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { sumOfRows, units } from './money.ts';
import { days, request } from './request.ts';

const DAY = '2026-11-20';
const NEXT = '2026-11-21';
let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
});
afterEach(() => simulator.close());

const facts = () => simulator.truth.days(DAY, NEXT)[0]?.facts ?? [];

async function served(): Promise<bigint> {
  const query = { ...days(DAY, NEXT), group_by: ['project_id', 'line_item', 'api_key_id', 'user_id'] };
  const rows = (await request(simulator, '/organization/costs', query)).body.data[0]?.results ?? [];
  const total = sumOfRows(rows);
  expect(total).toBe(units(simulator.truth.total(DAY, NEXT)));
  return total;
}

test('an amount changes, a row vanishes, a row appears, a day is cleared', async () => {
  const before = facts();
  const first = before[0];
  if (!first) throw new Error('the day has facts');
  const start = await served();
  simulator.restate(DAY, { kind: 'set_amount', at: 0, amount: '123.000000000000000001' });
  const changed = start - units(first.amount) + units('123.000000000000000001');
  expect(await served()).toBe(changed);
  simulator.restate(DAY, { kind: 'remove', at: 1 });
  expect(await served()).toBe(changed - units(before[1]?.amount ?? ''));
  expect(facts()).toHaveLength(before.length - 1);
  simulator.restate(DAY, { kind: 'add', fact: { ...first, line_item: 'late, input', amount: '0.5' } });
  expect(facts().at(-1)).toMatchObject({ line_item: 'late, input', amount: '0.5' });
  await served();
  simulator.restate(DAY, { kind: 'clear' });
  expect([await served(), facts().length]).toEqual([0n, 0]);
});

test('a missing fact cannot be changed', () => {
  expect(() => simulator.restate(DAY, { kind: 'remove', at: 9999 })).toThrow(RangeError);
  expect(() => simulator.restate(DAY, { kind: 'set_amount', at: 0, amount: '1e3' })).toThrow(RangeError);
});

test('the last seven days are restated the same way in every simulator, and again differently', async () => {
  const other = await startSimulator({ today: '2026-11-23' });
  const week = (of: Simulator) => of.truth.days('2026-11-16', '2026-11-23');
  const before = week(simulator);
  const changes = simulator.restateRecent();
  expect(changes).toHaveLength(21);
  expect(other.restateRecent()).toEqual(changes);
  const once = week(simulator);
  for (const [i, { total }] of once.entries()) expect(total).not.toBe(before[i]?.total);
  expect(week(other)).toEqual(once);
  simulator.restateRecent();
  expect(week(simulator).map(({ total }) => total)).not.toEqual(once.map(({ total }) => total));
  expect(simulator.truth.days('2026-11-15', '2026-11-16')).toEqual(other.truth.days('2026-11-15', '2026-11-16'));
  await served();
  await other.close();
});
