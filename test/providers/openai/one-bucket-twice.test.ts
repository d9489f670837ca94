import { expect, test } from 'vitest';
import { bucket, page, row } from './ledger.ts';
import { type Call, KEY, provider } from './provider.ts';

const DAY = '2026-01-05';
const TWO_DAYS = { from: DAY, to: '2026-01-07' };
const NEXT = bucket('2026-01-06', [row('gpt-5, input', '7')]);
const A = row('a', '1');
const B = row('b', '2');
const noon = { ...bucket(DAY, [row('a', '10')]), start_time: Date.parse(`${DAY}T12:00:00Z`) / 1000 };

/** Serves these pages for any query, and only the first day's buckets, `alone`, where it is requested by itself. */
async function read(pages: object[][], alone?: object[]) {
  const isAlone = ({ params }: Call) => Number(params.get('end_time')) - Number(params.get('start_time')) === 86_400;
  const { openai, calls } = await provider((call) => {
    if (alone && isAlone(call)) return { body: page(alone) };
    const at = Number(call.params.get('page') ?? 0);
    return { body: page(pages[at] ?? [], at + 1 < pages.length ? `${at + 1}` : null) };
  });
  const { days, unreadable } = await openai.costs(KEY, TWO_DAYS);
  const amounts = days.map(({ day, facts }) => [day, ...facts.map(({ amount }) => amount).sort()]);
  return { amounts, unreadable, requests: calls.length };
}

test.each([
  ['buckets with different beginnings add up', [[bucket(DAY, [A, B]), noon, NEXT]], ['1', '10', '2']],
  ['also on two pages', [[bucket(DAY, [A, B])], [noon, NEXT]], ['1', '10', '2']],
  ['equal rows of one bucket all count', [[bucket(DAY, [A, A]), NEXT]], ['1', '1']],
  ['a bucket repeated in one page counts once', [[bucket(DAY, [A, B]), bucket(DAY, [B, A]), NEXT]], ['1', '2']],
  ['a single row repeated in one page, too', [[bucket(DAY, [A]), bucket(DAY, [A]), NEXT]], ['1']],
  ['a bucket repeated on the next page counts once', [[bucket(DAY, [A, B])], [bucket(DAY, [A, B]), NEXT]], ['1', '2']],
  ['its later values count', [[bucket(DAY, [A, row('b', '9')])], [bucket(DAY, [A, B]), NEXT]], ['1', '2']],
  ['a bucket cut by a page’s end is put together', [[bucket(DAY, [A])], [bucket(DAY, [B]), NEXT]], ['1', '2']],
  ['an empty bucket beside one with rows', [[bucket(DAY, []), bucket(DAY, [A]), NEXT]], ['1']],
  [
    'an unknown field that changes makes no second fact',
    [
      [
        bucket(DAY, [
          { ...A, trace: 'x' },
          { ...B, trace: 'y' },
        ]),
      ],
      [
        bucket(DAY, [
          { ...A, trace: 'z' },
          { ...B, trace: 'w' },
        ]),
        NEXT,
      ],
    ],
    ['1', '2'],
  ],
])('%s', async (_case, pages, amounts) => {
  expect(await read(pages)).toMatchObject({
    amounts: [
      [DAY, ...amounts],
      ['2026-01-06', '7'],
    ],
    unreadable: [],
  });
});

const AMBIGUOUS: [string, object[][]][] = [
  ['one subject twice in a page, with two values', [[bucket(DAY, [A]), bucket(DAY, [row('a', '3')]), NEXT]]],
  ['one row on two pages', [[bucket(DAY, [A])], [bucket(DAY, [A]), NEXT]]],
  ['one row on two pages, with two values', [[bucket(DAY, [A])], [bucket(DAY, [row('a', '3')]), NEXT]]],
  ['a part of a bucket on the next page', [[bucket(DAY, [A, B])], [bucket(DAY, [B, row('c', '4')]), NEXT]]],
];

test.each(AMBIGUOUS)('what cannot be told apart is read by itself: %s', async (_case, pages) => {
  const { amounts, unreadable } = await read(pages, [bucket(DAY, [A, B])]);
  expect(amounts).toEqual([
    [DAY, '1', '2'],
    ['2026-01-06', '7'],
  ]);
  expect(unreadable).toEqual([]);
});

test.each(AMBIGUOUS)('where that does not help, the day fails and no other: %s', async (_case, pages) => {
  const { amounts, unreadable, requests } = await read(pages);
  expect(amounts).toEqual([['2026-01-06', '7']]);
  expect(unreadable).toEqual([{ day: DAY, reason: 'ambiguous_rows' }]);
  expect(requests).toBeLessThan(10);
});

test.each([
  ['result', { result: [A], results: undefined }, ['1']],
  ['results, beside an empty result', { results: [A], result: [] }, ['1']],
  ['result, beside results of null', { results: null, result: [A] }, ['1']],
])('a bucket’s list may be spelled %s', async (_case, lists, amounts) => {
  const { amounts: read_ } = await read([[{ ...bucket(DAY, []), ...lists }, NEXT]]);
  expect(read_[0]).toEqual([DAY, ...amounts]);
});

test('two lists with rows in one bucket are refused', async () => {
  await expect(read([[{ ...bucket(DAY, [A]), result: [B] }, NEXT]])).rejects.toMatchObject({
    kind: 'malformed_response',
  });
});
