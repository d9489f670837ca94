import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { days, request } from './request.ts';
import { contract, endpoints, usageBuckets } from './request-usage.ts';

const DAY = '2026-11-20';
const NEXT = '2026-11-21';
let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
});
afterEach(() => simulator.close());

const facts = () => simulator.truth.usage('completions', DAY, NEXT).days[0]?.facts ?? [];

async function served(): Promise<number> {
  const query = { ...days(DAY, NEXT), group_by: contract.completions.dimensions };
  const rows = (await usageBuckets(simulator, 'completions', query))[0]?.results ?? [];
  const total = rows.reduce((sum, row) => sum + Number(row.output_tokens), 0);
  expect(total).toBe(simulator.truth.usage('completions', DAY, NEXT).totals.output_tokens ?? 0);
  return total;
}

test('a metric changes, a fact vanishes, a fact appears, a day is cleared; the bill stays', async () => {
  const bill = simulator.truth.days(DAY, NEXT);
  const images = simulator.truth.usage('images', DAY, NEXT);
  const [first, second] = facts();
  const start = await served();
  const completions = { endpoint: 'completions' } as const;
  simulator.restate(DAY, { ...completions, kind: 'set_metric', at: 0, metric: 'output_tokens', value: 7 });
  const changed = start - Number(first?.metrics.output_tokens) + 7;
  expect(await served()).toBe(changed);
  simulator.restate(DAY, { ...completions, kind: 'remove', at: 1 });
  const removed = changed - Number(second?.metrics.output_tokens);
  expect(await served()).toBe(removed);
  const dimensions = { ...first?.dimensions, model: 'late' };
  simulator.restate(DAY, { ...completions, kind: 'add', dimensions, metrics: { output_tokens: 5, thoughts: 2 } });
  expect(await served()).toBe(removed + 5);
  expect(facts().at(-1)).toMatchObject({ dimensions, metrics: { input_tokens: 0, output_tokens: 5, thoughts: 2 } });
  simulator.restate(DAY, { ...completions, kind: 'clear' });
  expect([await served(), facts()]).toEqual([0, []]);
  expect(simulator.truth.days(DAY, NEXT)).toEqual(bill);
  expect(simulator.truth.usage('images', DAY, NEXT)).toEqual(images);
});

test('a missing fact cannot be changed, an existing one cannot be added', () => {
  const images = { endpoint: 'images' } as const;
  expect(() => simulator.restate(DAY, { ...images, kind: 'remove', at: 99 })).toThrow(RangeError);
  expect(() => simulator.restate(DAY, { ...images, kind: 'set_metric', at: -1, metric: 'images', value: 1 })).toThrow(
    RangeError,
  );
  const dimensions = simulator.truth.usage('images', DAY, NEXT).days[0]?.facts[0]?.dimensions ?? {};
  expect(() => simulator.restate(DAY, { ...images, kind: 'add', dimensions, metrics: {} })).toThrow(RangeError);
});

test('usage follows the bill: day for day when the last week is restated, and when a fact is removed', async () => {
  const week = () => simulator.truth.usage('completions', '2026-11-16', '2026-11-23').days;
  const older = simulator.truth.usage('completions', '2026-11-01', '2026-11-16');
  const before = week();
  simulator.restateRecent();
  const once = week();
  for (const [i, day] of once.entries()) expect(day.totals).not.toEqual(before[i]?.totals);
  simulator.restateRecent();
  for (const [i, day] of week().entries()) expect(day.facts).not.toEqual(once[i]?.facts);
  expect(simulator.truth.usage('completions', '2026-11-01', '2026-11-16')).toEqual(older);
  const bill = simulator.truth.days(DAY, NEXT)[0]?.facts ?? [];
  const at = bill.findIndex(({ line_item }) => line_item === 'gpt-5.4-2026-03-05, output');
  const start = await served();
  simulator.restate(DAY, { kind: 'remove', at });
  expect(await served()).toBe(start - Number(bill[at]?.quantity));
});

test('a cleared bill leaves what was never on it', () => {
  simulator.restate(DAY, { kind: 'clear' });
  const left = endpoints.filter((endpoint) => simulator.truth.usage(endpoint, DAY, NEXT).days[0]?.facts.length);
  expect(left).toEqual(['completions', 'decisions', 'moderations', 'vector_stores']);
  expect(facts().map(({ dimensions }) => dimensions.model)).toEqual(['codex-mini-latest']);
});

test('a page token is one of its endpoint, and stale after any restatement', async () => {
  const page = (path: string, page?: string) =>
    request(simulator, `/organization/${path}`, {
      ...days('2026-11-01', '2026-11-15'),
      limit: 7,
      ...(page && { page }),
    });
  const token = (await page('usage/images')).body.next_page ?? '';
  expect((await page('usage/images', token)).status).toBe(200);
  for (const other of ['usage/embeddings', 'costs']) expect((await page(other, token)).status).toBe(400);
  simulator.restate(DAY, { endpoint: 'completions', kind: 'clear' });
  expect((await page('usage/images', token)).body.error.message).toContain('The page token is invalid');
  const fresh = (await page('usage/images')).body.next_page ?? '';
  simulator.restateRecent();
  expect((await page('usage/images', fresh)).status).toBe(400);
});
