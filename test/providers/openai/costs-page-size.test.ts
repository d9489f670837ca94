import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { addDays, today } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { createOpenAi, type OpenAi } from '#providers/openai/client.ts';

let simulator: Simulator;
let openai: OpenAi;
beforeAll(async () => {
  simulator = await startSimulator({ factsPerDay: 5 });
  openai = createOpenAi({ baseUrl: simulator.url });
});
afterAll(async () => {
  await openai.close();
  await simulator.close();
});

test.each([
  ['gives 180 days a page', 62, { bucketsPerPage: 180, mostCostBuckets: 180 }, 1],
  ['gives 31, whatever is requested', 62, { bucketsPerPage: 31, mostCostBuckets: 180 }, 2],
  ['refuses more than 31', 62, { bucketsPerPage: 31, mostCostBuckets: 31 }, 3],
  ['refuses more than 31, which are enough', 31, { bucketsPerPage: 31, mostCostBuckets: 31 }, 1],
])('costs of a server that %s: %i days', async (_, length, knobs, requests) => {
  Object.assign(simulator.knobs, knobs);
  const to = addDays(today(), -1);
  const window = { from: addDays(to, -length), to };
  const before = simulator.requests.length;
  const { days } = await openai.costs(simulator.keys.admin, window);
  expect(simulator.requests.length - before).toBe(requests);
  const ofCosts = simulator.requests.length;
  const totals = await openai.totals(simulator.keys.admin, window);
  expect(simulator.requests.length - ofCosts).toBe(Math.min(requests, 2)); // a refusal is remembered
  const truth = simulator.truth.total(window.from, window.to);
  expect(sumDecimals(days.flatMap(({ facts }) => facts.map(({ amount }) => amount)))).toBe(sumDecimals([truth]));
  expect(sumDecimals(totals.map(({ amount }) => amount))).toBe(sumDecimals([truth]));
});
