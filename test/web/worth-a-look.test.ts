import { expect, test } from 'vitest';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { addDays, daysOf } from '#domain/day.ts';
import type { Compared } from '#web/src/costs/data/compare.ts';
import { remarksOn } from '#web/src/costs/month/worth-a-look.ts';

const DAY = '2026-11-24';
const summaryOf = (amount: string, missing_days: string[] = []) =>
  ({
    synced_through: DAY,
    missing_days,
    last_month: { from: '2026-10-01', to: '2026-11-01', amount: '0' },
    days: daysOf({ from: '2026-10-01', to: addDays(DAY, 1) }).map((day) => ({
      day,
      amount: day === DAY ? amount : '100',
    })),
  }) as unknown as CostsSummary;
const line = (value: string, now: [string, string], before?: [string, string]) => {
  const row = ([amount, quantity]: [string, string]) => ({ amount, quantity, quantity_unit: 'tokens' });
  const change = String(Number(now[0]) - Number(before?.[0] ?? 0));
  return { value, ended: row(now), before: before && row(before), change } as Compared;
};
const steady = line('steady', ['1000', '1000000'], ['1000', '1000000']);
const texts = (summary: CostsSummary | undefined, ...lines: Compared[]) =>
  remarksOn([], summary, [steady, ...lines], 'usd').map(({ text, isOdd }) => `${isOdd ? '! ' : ''}${text}`);

test.each([
  ['101', 'Nov 24, 2026: $101.00, as usual on the Tuesdays of the four weeks before ($100.00)'],
  ['150', '! Nov 24, 2026: $150.00, +50% on the Tuesdays of the four weeks before ($100.00)'],
])('the last day of $%s', (amount, text) => {
  expect(texts(summaryOf(amount))).toEqual([text]);
});

test('nothing is said of a weekday of which one is missing', () => {
  expect(texts(summaryOf('150', [addDays(DAY, -14)]))).toEqual([]);
});

test.each([
  ['grew', line('long', ['140', '1400000'], ['100', '1000000']), '! long grew by 40%: $40.00 more'],
  ['is new', line('new', ['140', '1400000']), '! new is new: $140.00'],
  ['has another price', line('x', ['2', '1000000'], ['1', '1000000']), '! x costs $2.00 per 1M, $1.00 before'],
  ['is a credit', line('credit', ['-41.27', '0']), 'A credit of $41.27'],
  ['hardly counts', line('tiny', ['0.02', '20000'], ['0.01', '10000']), undefined],
  ['grew a little', line('some', ['110', '1100000'], ['100', '1000000']), undefined],
])('a line item that %s', (_what, row, text) => {
  expect(texts(undefined, row)).toEqual(text === undefined ? [] : [text]);
});

test('alerts that wait for somebody come first, three at most', () => {
  const alert = (title: string, given: Partial<AlertView> = {}) =>
    ({ title, acknowledged_at: null, is_quiet: false, ...given }) as AlertView;
  const alerts = [
    alert('1'),
    alert('seen', { acknowledged_at: '2026-11-24T03:00:00Z' }),
    alert('quiet', { is_quiet: true }),
    ...['2', '3', '4'].map((title) => alert(title)),
  ];
  const remarks = remarksOn(alerts, summaryOf('150'), [], 'usd').map(({ text }) => text);
  expect(remarks).toEqual(['1', '2', '3', expect.stringContaining('Nov 24')]);
});
