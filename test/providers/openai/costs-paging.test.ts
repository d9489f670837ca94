import { expect, test } from 'vitest';
import { bucket, bucketsOf, MONTH, page, paged, reading, row, rowsOf, TRUTH } from './ledger.ts';
import { type Call, KEY, provider, refusal } from './provider.ts';

const STALE = refusal('The page token is invalid, have you modified the query parameters?');

/** Reads the month from a server and expects the truth, whatever the server does; returns its calls. */
async function readsTruly(respond: Parameters<typeof provider>[0]): Promise<Call[]> {
  const { openai, calls } = await provider(respond);
  expect(reading((await openai.costs(KEY, MONTH)).days)).toEqual(TRUTH);
  return calls;
}

test('a page size silently clamped: every page is followed, with the same query', async () => {
  const calls = await readsTruly((call) => ({ body: paged(call, 7) }));
  expect(calls.map(({ params }) => params.get('page'))).toEqual([null, '7', '14', '21', '28']);
  const queries = calls.map(({ params }) => [...params].filter(([name]) => name !== 'page').join());
  expect(new Set(queries).size).toBe(1);
});

test('one day a page', async () => {
  expect(await readsTruly((call) => ({ body: paged(call, 1) }))).toHaveLength(31);
});

test('a refused token: the next query starts at the first missing day', async () => {
  const calls = await readsTruly((call) => (call.index === 2 ? STALE : { body: paged(call, 7) }));
  // Days 1–14 had come; the 14th might have gone on behind the token, so it is read once more.
  expect(calls[3]?.params.get('start_time')).toBe(String(Date.parse('2026-01-14') / 1000));
  expect(calls[3]?.params.get('page')).toBeNull();
});

test.each([1, 2, 7, 30, 31])('tokens that are never accepted, %i days a page', async (size) => {
  await readsTruly((call) => (call.params.has('page') ? STALE : { body: paged(call, size) }));
});

test('has_more with next_page null', async () => {
  await readsTruly((call) => ({ body: { ...paged(call, 7), has_more: true, next_page: null } }));
});

test('has_more with next_page null after all days is the end', async () => {
  const calls = await readsTruly((call) => ({ body: { ...paged(call, 31), has_more: true, next_page: null } }));
  expect(calls).toHaveLength(1);
});

test('the same token for ever is followed once', async () => {
  const calls = await readsTruly((call) => ({ body: { ...paged(call, 7), has_more: true, next_page: '7' } }));
  expect(calls.length).toBeLessThanOrEqual(8);
});

test('empty pages for ever after the last day', async () => {
  const calls = await readsTruly((call) => ({
    body: call.params.has('page') ? page([], `${call.index}`) : { ...paged(call, 31), has_more: true, next_page: 'a' },
  }));
  expect(calls).toHaveLength(4); // the last day once more, by itself
});

test.each([
  ['empty', false],
  ['as the one before again', true],
])('a last day that goes on on a page which comes %s is read by itself', async (_name, isRepeated) => {
  const { openai } = await provider((call) => {
    const buckets = bucketsOf(call);
    const last = buckets.at(-1);
    if (buckets.length === 1 || !last) return { body: page(buckets) };
    const shown = [...buckets.slice(0, -1), { ...last, results: last.results.slice(0, 1) }];
    return { body: page(call.params.has('page') && !isRepeated ? [] : shown, 'a') };
  });
  const costs = await openai.costs(KEY, { from: MONTH.from, to: '2026-01-31' });
  expect(reading(costs.days)).toEqual(TRUTH.slice(0, 30));
});

test('an end of pages without has_more', async () => {
  await readsTruly((call) => {
    const { data, next_page } = paged(call, 7);
    return { body: { data, next_page } };
  });
});

test('buckets newest first', async () => {
  await readsTruly((call) => {
    const buckets = bucketsOf(call).reverse();
    const start = Number(call.params.get('page') ?? 0);
    return { body: page(buckets.slice(start, start + 7), start + 7 < buckets.length ? `${start + 7}` : null) };
  });
});

test('overlapping pages double nothing: the later reading of a fact counts', async () => {
  const respond = (call: Call) => {
    const start = Number(call.params.get('page') ?? 0);
    const data = bucketsOf(call).slice(start, start + 8);
    const last = data.at(-1);
    // What the next page repeats was not settled yet.
    if (start === 0 && last) last.results = last.results.map(({ line_item }) => row(line_item, '0.001'));
    return { body: page(data, start + 8 < 31 ? String(start + 7) : null) };
  };
  await readsTruly(respond);
});

test('a day cut by a page’s end loses nothing', async () => {
  await readsTruly((call) => {
    const rows = bucketsOf(call).flatMap(({ start_time, end_time, results }) =>
      results.length > 0
        ? results.map((one) => ({ start_time, end_time, results: [one] }))
        : [{ start_time, end_time, results }],
    );
    const start = Number(call.params.get('page') ?? 0);
    const data = rows.slice(start, start + 6);
    return { body: { data, has_more: start + 6 < rows.length, next_page: String(start + 6) } };
  });
});

test('a day cut by a page’s end is whole even when the token for its rest is refused', async () => {
  await readsTruly((call) => {
    if (call.index === 1) return STALE;
    if (call.index > 0) return { body: page(bucketsOf(call)) };
    const [first, second] = bucketsOf(call);
    return { body: page([first, { ...second, results: second?.results.slice(0, 1) }] as never, 'rest') };
  });
});

/** Twelve rows a day, five rows a page, whatever the day: every day is cut. */
function sliced(call: Call) {
  const twelve = (day: string) =>
    Array.from({ length: 12 }, (_, at) => row(`gpt-${at}, input`, `${day.slice(-2)}.${at}`));
  const rows = bucketsOf(call, twelve).flatMap((one) => one.results.map((result) => ({ ...one, results: [result] })));
  const start = Number(call.params.get('page') ?? 0);
  return page(rows.slice(start, start + 5), start + 5 < rows.length ? String(start + 5) : null);
}

test('every day cut over three pages, every fifth token refused: nothing is short', async () => {
  const { openai } = await provider((call) =>
    call.params.has('page') && call.index % 5 === 4 ? STALE : { body: sliced(call) },
  );
  const { days } = await openai.costs(KEY, MONTH);
  expect(days.map(({ facts }) => new Set(facts.map(({ line_item }) => line_item)).size)).toEqual(days.map(() => 12));
});

test.each([
  ['are refused', (call: Call) => (call.params.has('page') ? STALE : { body: sliced(call) })],
  ['lead in a circle', (call: Call) => ({ body: { ...sliced(call), has_more: true, next_page: '5' } })],
])('a day whose rest no token leads to is never taken for complete: tokens that %s', async (_case, respond) => {
  const { openai, calls } = await provider(respond);
  for (const window of [MONTH, { from: '2026-01-05', to: '2026-01-06' }]) {
    await expect(openai.costs(KEY, window)).rejects.toMatchObject({ kind: 'incomplete_window' });
    await expect(openai.totals(KEY, window)).rejects.toMatchObject({ kind: 'incomplete_window' });
  }
  expect(calls.length).toBeLessThan(100);
});

test('equal rows within one bucket all count', async () => {
  const twice = [row('gpt-5, input', '1'), row('gpt-5, input', '1')];
  const { openai } = await provider(() => ({ body: page([bucket('2026-01-05', twice)]) }));
  const { days } = await openai.costs(KEY, { from: '2026-01-05', to: '2026-01-06' });
  expect(days[0]?.facts).toHaveLength(2);
});

test('a bucket that is missing once is fetched again', async () => {
  const calls = await readsTruly((call) => ({
    body: page(
      bucketsOf(call).filter(({ start_time }) => call.index > 0 || start_time !== Date.parse('2026-01-09') / 1000),
    ),
  }));
  expect(calls).toHaveLength(2);
});

test('a page cut short that claims to be the end', async () => {
  await readsTruly((call) => ({ body: page(bucketsOf(call).slice(0, 7)) }));
});

test('a server that leaves quiet days out, page after page', async () => {
  const quiet = (call: Call) => bucketsOf(call).filter(({ results }) => results.length > 0);
  await readsTruly((call) => ({ body: page(quiet(call)) }));

  const { openai, calls } = await provider(() => ({ body: page([]) }));
  const { days } = await openai.costs(KEY, MONTH);
  expect(days).toHaveLength(31);
  expect(days.every(({ facts }) => facts.length === 0)).toBe(true);
  expect(calls).toHaveLength(2);
});

test('a missing day with money in its total is an incomplete window', async () => {
  const lost = Date.parse('2026-01-09') / 1000;
  const { openai } = await provider((call) => ({
    body:
      call.groupBy.length > 0
        ? page(bucketsOf(call).filter(({ start_time }) => start_time !== lost))
        : page(bucketsOf(call, (day) => rowsOf(day).slice(0, 1))),
  }));
  await expect(openai.costs(KEY, MONTH)).rejects.toMatchObject({ kind: 'incomplete_window' });
});

test('pages that break off for good are an incomplete window, soon', async () => {
  const { openai, calls } = await provider((call) => ({ body: page([], `token-${call.index}`) }));
  await expect(openai.costs(KEY, MONTH)).rejects.toMatchObject({ kind: 'incomplete_window' });
  expect(calls.length).toBeLessThan(10);
});

test('a failure on a later page is a failure of the window', async () => {
  const { openai } = await provider((call) => (call.index === 1 ? { status: 429 } : { body: paged(call, 7) }));
  await expect(openai.costs(KEY, MONTH)).rejects.toMatchObject({ kind: 'rate_limited' });
});
