import { expect, test } from 'vitest';
import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { explainChange } from '#web/src/costs/changes/explain-change.ts';
import { compare, whyNotComparable } from '#web/src/costs/data/compare.ts';
import { comparisonRange, daysOfRange, endedDays } from '#web/src/costs/view/range.ts';

const OCTOBER = { from: '2026-10-07', to: '2026-10-13' };
const missing = { notRead: [], beforeHistory: [], future: [], historyFrom: '2025-11-24' };
const then = (missing_days: string[] = []) =>
  ({ from: '2026-10-01', to: '2026-10-07', missing_days }) as unknown as Costs;
const since = (...days: string[]) => days.map((from) => ({ coverage: { from } }) as IntegrationView);

test.each([
  ['', OCTOBER, missing, then(), since('2025-11-24')],
  ['', OCTOBER, missing, then(), since('2025-11-24', '2026-10-13')],
  ['the range has a day not read yet', OCTOBER, { ...missing, notRead: ['2026-10-08'] }, then(), since('2025-11-24')],
  [
    'the range has a day before the history (it starts on Nov 24, 2025) and 2 days in the future',
    OCTOBER,
    { ...missing, beforeHistory: ['2025-11-23'], future: ['2026-10-11', '2026-10-12'] },
    then(),
    since('2025-11-24'),
  ],
  ['no day of the range is complete yet', { ...OCTOBER, to: OCTOBER.from }, missing, then(), since('2025-11-24')],
  ['a day of the period before is not read yet', OCTOBER, missing, then(['2026-10-02']), since('2025-11-24')],
  ['the history starts on Oct 6, 2026', OCTOBER, missing, then(), since('2025-11-24', '2026-10-06')],
  ['the organizations could not be loaded', OCTOBER, missing, then(), undefined],
])('compared: %s', (why, ended, missing, groupsBefore, integrations) => {
  expect(whyNotComparable({ ended, missing, groupsBefore }, integrations)).toBe(why);
});

test.each([
  ['7d', '2026-10-12', '2026-10-07', '2026-10-13', '2026-09-30', '2026-10-06'],
  ['7d', '2026-10-13', '2026-10-07', '2026-10-14', '2026-09-30', '2026-10-07'],
  ['2026-10', '2026-10-12', '2026-10-01', '2026-10-13', '2026-09-01', '2026-09-13'],
  ['2026-09', '2026-10-12', '2026-09-01', '2026-10-01', '2026-08-01', '2026-09-01'],
  ['7d', '2026-10-01', '2026-10-07', '2026-10-07', '2026-09-30', '2026-10-07'],
  ['7d', null, '2026-10-07', '2026-10-07', '2026-09-30', '2026-10-07'],
  ['2026-10', '2026-10-13', '2026-10-01', '2026-10-14', '2026-09-01', '2026-09-14'],
  ['2026-03', '2026-10-12', '2026-03-01', '2026-04-01', '2026-02-01', '2026-03-01'],
])(
  'of %s, read through %s, the days that have ended are compared',
  (range, through, from, to, fromBefore, toBefore) => {
    const days = daysOfRange(range, '2026-10-13') ?? OCTOBER;
    const ended = endedDays(days, through);
    expect(ended).toEqual({ from, to });
    expect(comparisonRange(range, days, ended)).toEqual({ from: fromBefore, to: toBefore });
  },
);

test('groups are compared as they were in the days that have ended', () => {
  const costs = (...groups: [string, string][]) =>
    ({ group_by: ['model'], data: groups.map(([model, amount]) => ({ model, amount })) }) as unknown as Costs;
  const compared = compare(
    costs(['old', '7'], ['grown', '5'], ['of today', '1']),
    costs(['old', '4'], ['grown', '5']),
    costs(['old', '4'], ['grown', '2'], ['gone', '3']),
  );
  expect(compared.map(({ value, now, change }) => [value, now.amount, change])).toEqual([
    ['old', '7', '0'],
    ['grown', '5', '3'],
    ['of today', '1', '0'],
    ['gone', '0', '-3'],
  ]);
});

const row = (amount: string, quantity: string | null, quantity_unit: string | null) =>
  ({ amount, quantity, quantity_unit }) as Costs['data'][number];

test.each([
  ['New: 1M tokens at $2.00 per 1M.', row('2', '1000000', 'tokens'), undefined],
  ['+100% tokens, same price ($2.00 per 1M).', row('4', '2000000', 'tokens'), row('2', '1000000', 'tokens')],
  [
    '0% tokens, $4.00 per 1M on average instead of $2.00.',
    row('4', '1000000', 'tokens'),
    row('2', '1000000', 'tokens'),
  ],
  ['New: 3 bytes at $0.00000333 per byte.', row('0.00001', '3', 'bytes'), undefined],
  ['None now, 1M tokens before.', row('0', null, null), row('2', '1000000', 'tokens')],
  ['OpenAI reports no quantity.', row('50', null, null), row('2', '1000000', 'tokens')],
  ['OpenAI reports no quantity.', row('50', null, null), undefined],
  [
    '1M tokens at $2.00 per 1M; before, OpenAI reported no quantity in tokens.',
    row('2', '1000000', 'tokens'),
    row('2', null, null),
  ],
  [
    '10 minutes at $0.10 per minute; before, OpenAI reported no quantity in minutes.',
    row('1', '10', 'duration_minutes'),
    row('1', '600', 'duration_seconds'),
  ],
  ['−100% tokens.', row('0', '0', 'tokens'), row('2', '1000000', 'tokens')],
])('why: %s', (words, ended, before) => {
  expect(explainChange({ ended, before }, 'usd')).toBe(words);
});
