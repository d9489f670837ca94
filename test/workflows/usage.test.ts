import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { usageEndpoints } from '#dev/simulators/openai/usage/usage-catalog.ts';
import { addDays, startOfDay } from '#domain/day.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

/** How far back OpenAI keeps days: it is not the year that matters here. */
const LOOKBACK_DAYS = 120;
const FROM = addDays(TODAY, -LOOKBACK_DAYS);
const TO = addDays(TODAY, 1);

let stack: Stack;
let id: string;
beforeAll(async () => {
  stack = await startStack({
    simulator: {
      factsPerDay: 60,
      knobs: {
        lookbackDays: LOOKBACK_DAYS,
        newMetric: 'output_reasoning_tokens',
        down: { '/organization/usage/images': 403 },
      },
    },
  });
  stack.simulator.knobs.failNext(2, 500, '/organization/usage/embeddings');
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

const totalsOf = async (dataset: string) => {
  const [row] = await stack.warehouse.query({
    name: 'usage totals',
    sql: `SELECT ${USAGE_METRICS.map((metric) => `sum(${metric}) AS ${metric}`).join(', ')},
            sum(other_metrics['output_reasoning_tokens']) AS output_reasoning_tokens
          FROM usage WHERE dataset = {dataset: String}`,
    params: { dataset },
    row: z.record(z.string(), z.coerce.number()),
  });
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== 0));
};

test.each(usageEndpoints.filter((endpoint) => endpoint !== 'images'))('usage of %s is all there', async (endpoint) => {
  const { totals } = stack.simulator.truth.usage(endpoint, FROM, TO);
  const expected = Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== 0));
  expect(expected).not.toEqual({});
  expect(await totalsOf(`usage/${endpoint}`)).toEqual(expected);
});

test('a number that OpenAI added yesterday is kept by its name', async () => {
  expect((await totalsOf('usage/completions')).output_reasoning_tokens).toBeGreaterThan(0);
});

test('an endpoint that is refused blocks nothing else, and is said to be missing', async () => {
  expect(await totalsOf('usage/images')).toEqual({});
  const covered = await stack.warehouse.query({
    name: 'covered datasets',
    sql: 'SELECT dataset, count() AS days FROM coverage GROUP BY dataset ORDER BY dataset',
    row: z.object({ dataset: z.string(), days: z.coerce.number() }),
  });
  const others = usageEndpoints.filter((endpoint) => endpoint !== 'images').map((endpoint) => `usage/${endpoint}`);
  expect(covered).toEqual(['costs', ...others].sort().map((dataset) => ({ dataset, days: LOOKBACK_DAYS + 1 })));
  expect((await stack.api(`/v1/integrations/${id}`)).body).toMatchObject({ status: 'connected', problem: null });
});

test('names of API keys and users are readable', async () => {
  for (const [view, name, id] of [
    ['api_keys', 'api_key_name', 'api_key_id'],
    ['users', 'user_name', 'user_id'],
  ]) {
    const rows = await stack.warehouse.query({
      name: 'names',
      sql: `SELECT ${name} AS name, ${id} AS id FROM ${view}`,
      row: z.object({ name: z.string(), id: z.string() }),
    });
    expect(rows.length).toBeGreaterThan(3);
    // Service accounts are no members: they go by their id.
    for (const row of rows) if (!row.id.startsWith('svc-')) expect(row.name).not.toBe(row.id);
  }
});

test('an endpoint that is there again closes its gap by the next sync', async () => {
  stack.simulator.knobs.down = {};
  await stack.syncDaily(id);
  const { totals } = stack.simulator.truth.usage('images', FROM, TO);
  const expected = Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== 0));
  expect(await totalsOf('usage/images')).toEqual(expected);
  await stack.untilQuiet();
});

test('a slice that fails is tried again', () => {
  const asked = stack.simulator.requests.filter(({ path }) => path.endsWith('/usage/embeddings'));
  // Of the oldest window, only the days that OpenAI keeps are asked for again.
  const first = startOfDay(FROM) / 1000;
  const startsOf = (wanted: number) =>
    asked
      .filter(({ status }) => status === wanted)
      .map(({ query }) => Math.max(first, Number(new URLSearchParams(query).get('start_time'))));
  expect(startsOf(500)).toHaveLength(2);
  expect(startsOf(200)).toEqual(expect.arrayContaining(startsOf(500)));
});
