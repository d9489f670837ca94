import { expect, test } from 'vitest';
import { bucket, droppedOf, MONTH, page, paged, reading, requestedDays, row, TRUTH } from './ledger.ts';
import { type Call, KEY, provider, refusal } from './provider.ts';

const DIMENSIONS = ['project_id', 'line_item', 'api_key_id', 'user_id', 'api_source'];
const isBracketed = (call: Call) => call.groupBy.length > 0;
const bare = (call: Call) => call.params.getAll('group_by');
/** A total a day: the response of a server that ignores the grouping. */
const lump = (call: Call) => page(requestedDays(call).map((day) => bucket(day, [row('', '9')])));

test('a server that refuses group_by[] gets group_by from then on', async () => {
  const { openai, calls } = await provider((call) =>
    isBracketed(call)
      ? refusal("Unknown query parameter: 'group_by[]'.", { param: 'group_by[]', code: 'unknown_parameter' })
      : { body: paged(call, 7) },
  );
  const window = await openai.costs(KEY, MONTH);
  expect(droppedOf(window)).toEqual([[]]);
  expect(reading(window.days)).toEqual(TRUTH);
  await openai.costs(KEY, MONTH);
  expect(calls.map(isBracketed)).toEqual([true, ...Array(10).fill(false)]);
  expect(calls.slice(1).map(bare)).toEqual(Array(10).fill(DIMENSIONS));
});

test('a server that ignores group_by[] gets group_by from then on', async () => {
  const { openai, calls } = await provider((call) => ({
    body: bare(call).length > 0 ? paged(call, 31) : lump(call),
  }));
  expect(reading((await openai.costs(KEY, MONTH)).days)).toEqual(TRUTH);
  expect(calls).toHaveLength(3);
  expect(reading((await openai.costs(KEY, MONTH)).days)).toEqual(TRUTH);
  expect(calls).toHaveLength(4);
});

test('that is found out on a later page too, where the first money is', async () => {
  const { openai, calls } = await provider((call) => {
    const { data, ...rest } = paged(call, 7);
    const isEarly = (start: number) => start < Date.parse('2026-01-11') / 1000;
    const rows = (day: { start_time: number; results: object[] }) =>
      isEarly(day.start_time) ? [] : bare(call).length > 0 ? day.results : [row('', '9')];
    return { body: { ...rest, data: data.map((one) => ({ ...one, results: rows(one) })) } };
  });
  const days = reading((await openai.costs(KEY, MONTH)).days);
  expect(days.slice(10)).toEqual(TRUTH.slice(10));
  expect(calls.at(-1)?.params.has('group_by')).toBe(true);
});

test('a dimension refused by the bare name was understood', async () => {
  const { openai } = await provider((call) => {
    if (bare(call).includes('user_id')) return refusal('Grouping by user_id is not enabled for your organization.');
    return { body: bare(call).length > 0 ? paged(call, 31) : lump(call) };
  });
  const window = await openai.costs(KEY, MONTH);
  expect(droppedOf(window)).toEqual([['user_id']]);
  expect(reading(window.days)).toEqual(TRUTH);
});

test.each([
  ['ignores', () => undefined],
  ['refuses', () => refusal("Unknown query parameter: 'group_by'.", { param: 'group_by', code: 'unknown_parameter' })],
])('money without dimensions stays so under both names; the server %s the bare one', async (_case, reply) => {
  const { openai, calls } = await provider((call) => (bare(call).length > 0 && reply()) || { body: lump(call) });
  for (const requests of [2, 3]) {
    const { days } = await openai.costs(KEY, MONTH);
    expect(days.map(({ facts }) => facts.map(({ amount }) => amount).join())).toEqual(days.map(() => '9'));
    expect(droppedOf({ days })).toEqual([[]]);
    expect(calls).toHaveLength(requests);
  }
  expect(calls.map(isBracketed)).toEqual([true, false, true]);
});

test('a server that refuses both is an error, soon', async () => {
  const { openai, calls } = await provider((call) =>
    refusal(`Unknown parameter: '${isBracketed(call) ? 'group_by[]' : 'group_by'}'`),
  );
  await expect(openai.costs(KEY, MONTH)).rejects.toMatchObject({ kind: 'bad_request' });
  expect(calls.length).toBeLessThan(10);
});

test('usage, too', async () => {
  const DAY = { from: '2026-01-05', to: '2026-01-06' };
  const { openai } = await provider((call) => ({
    body: page([
      bucket(DAY.from, [{ input_tokens: 7, ...(bare(call).length > 0 && { model: 'gpt-5', batch: false }) }]),
    ]),
  }));
  const { days } = await openai.usage(KEY, 'completions', DAY);
  expect(days[0]?.facts[0]?.dimensions).toMatchObject({ model: 'gpt-5', batch: 'false' });
});
