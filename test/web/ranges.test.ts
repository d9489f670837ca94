import { expect, test } from 'vitest';
import type { Costs } from '#api/routes/costs/get-costs.ts';
import { detailsOf } from '#web/src/costs/comparison/lines.ts';
import { lastMonths, periodsOfRanges, possibleRanges, rangesOf } from '#web/src/costs/comparison/ranges.ts';
import { daysOf } from '#web/src/costs/data/first-paths.ts';
import { parseView } from '#web/src/costs/view/view.ts';

const viewOf = (query: string, today: string) => parseView(new URLSearchParams(query), today);
const periodsOf = (query: string, today: string, through?: string | null) => {
  const view = viewOf(query, today);
  const periods = periodsOfRanges(possibleRanges(view, daysOf(view, today), today, through));
  return periods.map(({ from, to }) => `${from}/${to}`).join(' ');
};

test.each([
  // The day before yesterday may be the last complete one.
  [
    '',
    '2026-11-29',
    undefined,
    '2026-10-01/2026-10-28 2026-10-28/2026-10-29 2026-11-01/2026-11-28 2026-11-28/2026-11-29 2026-11-29/2026-11-30',
  ],
  [
    '',
    '2026-11-29',
    '2026-11-27',
    '2026-10-01/2026-10-28 2026-10-28/2026-10-29 2026-11-01/2026-11-28 2026-11-28/2026-11-29 2026-11-29/2026-11-30',
  ],
  ['', '2026-11-29', '2026-11-20', '2026-10-01/2026-10-21 2026-11-01/2026-11-21 2026-11-21/2026-11-30'],
  ['range=2026-09', '2026-11-29', undefined, '2026-08-01/2026-09-01 2026-09-01/2026-10-01'],
  // Nothing has ended: the last full month is explained, beside the one before it.
  ['', '2026-11-01', undefined, '2026-09-01/2026-10-01 2026-10-01/2026-11-01 2026-11-01/2026-11-02'],
  [
    '',
    '2026-11-02',
    undefined,
    '2026-09-01/2026-10-01 2026-10-01/2026-10-02 2026-10-02/2026-11-01 2026-11-01/2026-11-02 2026-11-02/2026-11-03',
  ],
  ['range=2099-01', '2026-11-29', undefined, '2098-12-01/2099-01-01 2099-01-01/2099-02-01'],
  // The range and the year before overlap. The last months are there in case that the history starts later.
  [
    'range=2025-10-01..2026-10-31&compare=year',
    '2026-11-10',
    undefined,
    '2024-10-01/2025-10-01 2025-10-01/2025-11-01 2025-11-01/2026-09-01 2026-09-01/2026-10-01 2026-10-01/2026-11-01',
  ],
  ['range=2020-01-01..2020-01-05', '2026-11-10', undefined, '2019-12-27/2020-01-01 2020-01-01/2020-01-06'],
])(
  'the view ?%s on %s is explained by one question, with periods apart from each other',
  (query, today, through, periods) => {
    expect(periodsOf(query, today, through)).toBe(periods);
  },
);

test('each day counts to each range that has it', () => {
  const today = '2026-11-10';
  const view = viewOf('by=model&range=2025-10-01..2026-10-31&compare=year', today);
  const days = daysOf(view, today);
  const possible = possibleRanges(view, days, today, undefined);
  const periods = periodsOfRanges(possible);
  const row = (period: string, model: string) => ({
    ...{ period, model, line_item: `${model}, input`, token_type: 'input' },
    ...{ amount: '1', quantity: '10', quantity_unit: 'tokens' },
  });
  const costs = {
    group_by: ['model', 'line_item', 'token_type'],
    missing_days: ['2025-10-01', '2026-10-31'],
    data: periods.flatMap(({ from }) => [row(from, 'gpt-5'), ...(from === '2026-10-01' ? [row(from, 'new')] : [])]),
  } as unknown as Costs;
  const lines = { view, periods, costs };
  const amounts = (of: Costs | undefined) =>
    of?.data.map(({ model, line_item, amount, quantity }) => [model ?? line_item, amount, quantity]);
  const details = detailsOf(lines, rangesOf(view, days, '2026-11-09'));
  expect(amounts(details?.groupsEnded)).toEqual([
    ['gpt-5', '4', '40'],
    ['new', '1', '10'],
  ]);
  expect(amounts(details?.groupsBefore)).toEqual([['gpt-5', '2', '20']]);
  expect(details?.groupsBefore).toMatchObject({
    from: '2024-10-01',
    to: '2025-11-01',
    total: '2',
    missing_days: ['2025-10-01'],
  });
  expect(amounts(details?.parts)).toHaveLength(2);
  expect(details?.parts).toMatchObject({ from: '2025-10-01', to: '2026-11-01', total: '5' });
  const months = detailsOf(lines, lastMonths(today));
  expect([amounts(months?.groupsEnded), amounts(months?.groupsBefore)]).toEqual([
    [
      ['gpt-5', '1', '10'],
      ['new', '1', '10'],
    ],
    [['gpt-5', '1', '10']],
  ]);
  // What was not asked for like that is not made up.
  expect(detailsOf(lines, rangesOf(view, days, '2026-05-05'))).toBeUndefined();
});
