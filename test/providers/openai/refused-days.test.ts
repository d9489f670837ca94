import { expect, test } from 'vitest';
import { addDays, type Day, daysOf } from '#domain/day.ts';
import { bucketsOf, page, requestedDays } from './ledger.ts';
import { type Call, KEY, provider, refusal } from './provider.ts';
import { usageBuckets } from './usage-ledger.ts';

/** OpenAI attributes costs to API keys and users from this day on. */
const EPOCH = '2025-12-06';
const AROUND_EPOCH = { from: '2025-11-20', to: '2025-12-21' };

/** Two rows a day. Each day's amount is its own; keys and users are told where they are grouped by. */
function rows(call: Call, day: Day) {
  const has = (dimension: string) => call.groupBy.includes(dimension);
  return ['1', '2'].map((one) => ({
    amount: { value: `${day.slice(-2)}.${one}`, currency: 'usd' },
    line_item: has('line_item') ? 'gpt-5, input' : null,
    project_id: has('project_id') ? 'proj_a' : null,
    api_key_id: has('api_key_id') ? `key_${one}` : null,
    user_id: has('user_id') ? `user_${one}` : null,
  }));
}
const respond = (call: Call) => ({ body: page(bucketsOf(call, (day) => rows(call, day) as never)) });
const says = (message: string, param: string | null) =>
  refusal(message, { code: 'invalid_request_error', ...(param && { param }) });

async function readCosts(refuse: (call: Call) => ReturnType<typeof refusal> | undefined, window = AROUND_EPOCH) {
  const { openai, calls } = await provider((call) => refuse(call) ?? respond(call));
  const { days } = await openai.costs(KEY, window);
  // The money is whole, whatever is refused.
  expect(days.map(({ day, facts }) => [day, ...facts.map(({ amount }) => amount)])).toEqual(
    daysOf(window).map((day) => [day, `${Number(day.slice(-2))}.1`, `${Number(day.slice(-2))}.2`]),
  );
  for (const { facts, dropped } of days) {
    expect(facts.every(({ api_key_id }) => (api_key_id === '') === dropped.includes('api_key_id'))).toBe(true);
    expect(facts.every(({ user_id }) => (user_id === '') === dropped.includes('user_id'))).toBe(true);
  }
  return { dropped: new Map(days.map(({ day, dropped }) => [day, dropped.join()])), calls };
}

const droppedIf = (isRefused: (day: Day) => boolean, dimensions: string, window = AROUND_EPOCH) =>
  new Map(daysOf(window).map((day) => [day, isRefused(day) ? dimensions : '']));
const startOf = (call: Call) => requestedDays(call)[0] ?? '';

test.each([
  ['named one by one', 46, (name: string) => says(`Grouping by ${name} needs a later start_time.`, 'start_time')],
  ['not named', 46, () => says('start_time must be >= 1764979200', 'start_time')],
  ['both named', 46, () => says('api_key_id and user_id are not available before 1764979200', 'start_time')],
  ['without a reason', 86, () => ({ status: 400, body: { error: 'nope' } })],
] as const)('only days before the epoch lose keys and users: %s', async (_case, requests, reply) => {
  const refused = (call: Call) => ['api_key_id', 'user_id'].find((name) => call.groupBy.includes(name));
  const { dropped, calls } = await readCosts((call) => {
    const name = startOf(call) < EPOCH ? refused(call) : undefined;
    return name ? reply(name) : undefined;
  });
  expect(dropped).toEqual(droppedIf((day) => day < EPOCH, 'api_key_id,user_id'));
  expect(calls.length).toBeLessThanOrEqual(requests);
});

test('of two dimensions, each is given up for its own days', async () => {
  const { dropped } = await readCosts((call) => {
    const ofKeys = call.groupBy.includes('api_key_id') && startOf(call) < '2025-11-25';
    const ofUsers = call.groupBy.includes('user_id') && startOf(call) < EPOCH;
    return ofKeys || ofUsers ? says('api_key_id and user_id need a later start', 'start_time') : undefined;
  });
  expect(dropped).toEqual(
    new Map(
      daysOf(AROUND_EPOCH).map((day) => [
        day,
        day < '2025-11-25' ? 'api_key_id,user_id' : day < EPOCH ? 'user_id' : '',
      ]),
    ),
  );
});

test('a dimension that is refused alone takes no other one with it, although nothing names it', async () => {
  const { dropped } = await readCosts((call) => (call.groupBy.includes('api_key_id') ? says('no', null) : undefined));
  expect(dropped).toEqual(droppedIf(() => true, 'api_key_id'));
});

test('users that do not combine with projects in a part of the range', async () => {
  const isRefused = (day: Day) => day >= '2025-12-01' && day < '2025-12-04';
  const combines = (call: Call) => !(call.groupBy.includes('user_id') && requestedDays(call).some(isRefused));
  const { dropped } = await readCosts((call) =>
    combines(call) ? undefined : says('user_id cannot be combined with project_id for this time range', 'group_by'),
  );
  expect(dropped).toEqual(droppedIf(isRefused, 'user_id'));
});

test.each([0, 1, 2])('one odd 400 costs one more request and no dimension: call %i', async (index) => {
  const { openai, calls } = await provider((call) => {
    if (call.index === index) return { status: 400, body: { error: 'nope' } };
    const start = Number(call.params.get('page') ?? 0);
    const buckets = bucketsOf(call, (day) => rows(call, day) as never);
    return { body: page(buckets.slice(start, start + 16), start + 16 < buckets.length ? `${start + 16}` : null) };
  });
  const { days } = await openai.costs(KEY, AROUND_EPOCH);
  expect(days.flatMap(({ dropped }) => dropped)).toEqual([]);
  expect(days.every(({ facts }) => facts.length === 2)).toBe(true);
  expect(calls.length).toBeLessThanOrEqual(4);
});

test('an odd 400 in the middle of a divided window changes nothing', async () => {
  const isRefused = (day: Day) => day < EPOCH;
  for (const index of [3, 4, 5, 8, 11]) {
    const { dropped } = await readCosts((call) => {
      if (call.index === index) return { status: 400, body: { error: 'nope' } };
      const isOld = call.groupBy.includes('user_id') && isRefused(startOf(call));
      return isOld ? says("'user_id' needs a later start", 'start_time') : undefined;
    });
    expect(dropped).toEqual(droppedIf(isRefused, 'user_id'));
  }
});

test('usage, too: quiet days and all', async () => {
  const window = { from: '2026-01-01', to: '2026-01-13' };
  const isRefused = (day: Day) => day < '2026-01-07';
  const { openai } = await provider((call) =>
    call.groupBy.includes('api_key_id') && isRefused(startOf(call))
      ? says('api_key_id is not kept', 'start_time')
      : { body: page(usageBuckets(call).filter(({ results }) => results.length > 0)) },
  );
  const { days } = await openai.usage(KEY, 'completions', window);
  expect(days.map(({ day, facts, dropped }) => [day, facts.length, dropped.join()])).toEqual(
    daysOf(window).map((day) => [day, day === '2026-01-08' ? 0 : 2, isRefused(day) ? 'api_key_id' : '']),
  );
});

test('a window of a year’s slices takes few requests, before the epoch and across it', async () => {
  const counts: number[] = [];
  for (let index = 0; index < 12; index++) {
    const from = addDays('2025-06-01', index * 31);
    const { calls, dropped } = await readCosts(
      (call) =>
        startOf(call) < EPOCH && call.groupBy.includes('user_id')
          ? says('user_id: start_time must be >= 1764979200', 'start_time')
          : undefined,
      { from, to: addDays(from, 31) },
    );
    expect([...dropped.values()].filter(Boolean)).toHaveLength(
      daysOf({ from, to: addDays(from, 31) }).filter((day) => day < EPOCH).length,
    );
    counts.push(calls.length);
  }
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(50);
});
