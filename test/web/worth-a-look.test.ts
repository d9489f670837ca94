import { expect, test } from 'vitest';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { addDays, daysOf } from '#domain/day.ts';
import type { Compared } from '#web/src/costs/data/compare.ts';
import { findRemarks, type Parts } from '#web/src/costs/month/worth-a-look.ts';

const DAY = '2026-11-24';
const summaryOf = (amount: string, missing_days: string[] = []) =>
  ({
    currency: 'usd',
    synced_through: DAY,
    missing_days,
    last_month: { from: '2026-10-01', to: '2026-11-01', amount: '0' },
    days: daysOf({ from: '2026-10-01', to: addDays(DAY, 1) }).flatMap((day) =>
      day === DAY ? (amount === '0' ? [] : [{ day, amount }]) : [{ day, amount: '100' }],
    ),
  }) as unknown as CostsSummary;
const FEBRUARY = { from: '2026-02-01', to: '2026-03-01', amount: '0' };
const line = (value: string, now: [string, string], before?: [string, string]) => {
  const row = ([amount, quantity]: [string, string]) => ({ amount, quantity, quantity_unit: 'tokens' });
  const change = String(Number(now[0]) - Number(before?.[0] ?? 0));
  return { value, ended: row(now), before: before && row(before), change } as Compared;
};
const steady = line('steady', ['1000', '1000000'], ['1000', '1000000']);
const NOTHING = { data: undefined, why: '' };
const of = <T>(data: T) => ({ data, why: '' });
const find = (parts: Partial<Parts>) =>
  findRemarks(
    { alerts: of([]), summary: NOTHING, lineItems: of([steady]), historyFrom: '2025-11-25', ...parts },
    'usd',
  );
const textsOf = (parts: Partial<Parts>) => find(parts).remarks.map(({ text, isOdd }) => `${isOdd ? '! ' : ''}${text}`);

test.each([
  ['101', 'Nov 24, 2026: $101.00, as usual on the Tuesdays of the four weeks before ($100.00)'],
  ['150', '! Nov 24, 2026: $150.00, +50% on the Tuesdays of the four weeks before ($100.00)'],
  ['0', '! Nov 24, 2026: $0.00, −100% on the Tuesdays of the four weeks before ($100.00)'],
])('the last day of $%s', (amount, text) => {
  expect(textsOf({ summary: of(summaryOf(amount)) })).toEqual([text]);
});

test.each<[string, Partial<Parts>]>([
  ['the last day (one like it is not read yet)', { summary: of(summaryOf('150', [addDays(DAY, -14)])) }],
  ['the last day (the history starts on Nov 14, 2026)', { historyFrom: '2026-11-14' }],
  [
    'the last day (nothing is read since Oct 27, 2026)',
    { summary: of({ ...summaryOf('1'), synced_through: '2026-10-27' }) },
  ],
  [
    'the last day (last month has too few days for it)',
    { summary: of({ ...summaryOf('1'), synced_through: '2026-02-28', last_month: FEBRUARY }) },
  ],
  ['the last day (the organizations could not be loaded)', { historyFrom: undefined }],
  ['the last day (could not be loaded)', { summary: { data: undefined, why: 'could not be loaded' } }],
  ['the last day (no day is complete yet)', { summary: of({ ...summaryOf('1'), synced_through: null }) }],
  ['alerts (could not be loaded)', { alerts: { data: undefined, why: 'could not be loaded' } }],
  [
    'line items (the range has a day not read yet)',
    { lineItems: { data: undefined, why: 'the range has a day not read yet' } },
  ],
])('what cannot be judged says so, and is not "nothing unusual": %s', (why, parts) => {
  const found = find({ summary: of(summaryOf('100')), ...parts });
  expect(found.notJudged).toEqual([why]);
  expect(found.isLoading).toBe(false);
});

test('lines come in their order: none is put before those that are there', () => {
  const alerts = { data: undefined, why: '' };
  expect(find({ alerts, summary: of(summaryOf('150')) })).toMatchObject({ remarks: [], isLoading: true });
});

test('only where every rule ran, nothing is unusual', () => {
  expect(find({ summary: of(summaryOf('100')) })).toMatchObject({ notJudged: [], isLoading: false });
  expect(find({})).toMatchObject({ notJudged: [], isLoading: true });
});

test.each([
  ['grew', line('long', ['140', '1400000'], ['100', '1000000']), '! long grew by 40%: $40.00 more'],
  ['is new', line('new', ['140', '1400000']), '! new is new: $140.00'],
  ['has no name', line('', ['140', '1400000']), '! No line item is new: $140.00'],
  ['has another price', line('x', ['20', '1000000'], ['10', '1000000']), '! x costs $20.00 per 1M, $10.00 before'],
  [
    'has a price that differs by less than a cent',
    line('emb', ['15.45', '100000000'], ['15', '100000000']),
    '! emb costs $0.1545 per 1M, $0.15 before',
  ],
  ['has another price, and hardly counts', line('x', ['0.02', '10000'], ['0.01', '10000']), undefined],
  ['is a credit', line('credit', ['-41.27', '0']), 'A credit of $41.27'],
  ['hardly counts', line('tiny', ['0.02', '20000'], ['0.01', '10000']), undefined],
  ['grew a little', line('some', ['110', '1100000'], ['100', '1000000']), undefined],
])('a line item that %s', (_what, row, text) => {
  const texts = textsOf({ lineItems: of([steady, row]), summary: { data: undefined, why: 'failed' } });
  if (text === undefined) expect(texts).toEqual([]);
  else expect(texts).toContain(text);
});

test('alerts that wait for somebody come first, three at most, also where nothing else has arrived', () => {
  const alert = (title: string, given: Partial<AlertView> = {}) =>
    ({ title, acknowledged_at: null, is_quiet: false, ...given }) as AlertView;
  const alerts = of([
    alert('1'),
    alert('seen', { acknowledged_at: '2026-11-24T03:00:00Z' }),
    alert('quiet', { is_quiet: true }),
    ...['2', '3', '4'].map((title) => alert(title)),
  ]);
  const texts = find({ alerts, summary: of(summaryOf('150')), lineItems: of([]) }).remarks.map(({ text }) => text);
  expect(texts).toEqual(['1', '2', '3', expect.stringContaining('Nov 24')]);
  expect(find({ alerts, lineItems: { data: undefined, why: 'could not be loaded' } }).remarks).toHaveLength(3);
});
