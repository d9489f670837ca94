import { expect, test } from 'vitest';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { daysOf } from '#domain/day.ts';
import { monthGaps } from '#web/src/costs/month/month-gaps.ts';

const summaryOf = (amount: string, missing_days: string[], to = '2026-11-25') =>
  ({
    this_month: { from: '2026-11-01', to, amount },
    last_month: { from: '2026-10-01', to: '2026-11-01', amount: '0' },
    missing_days,
  }) as unknown as CostsSummary;
const all = daysOf({ from: '2026-10-01', to: '2026-11-24' });

test.each([
  ['nothing has arrived', summaryOf('0', all), { now: 23, before: 31, isUnknown: true }],
  ['today alone has arrived', summaryOf('5', all), { now: 23, before: 31, isUnknown: false }],
  ['a day has arrived, and cost nothing', summaryOf('0', all.slice(0, -1)), { now: 22, before: 31, isUnknown: false }],
  ['all has arrived', summaryOf('0', []), { now: 0, before: 0, isUnknown: false }],
  ['the month begins today', summaryOf('0', [], '2026-11-02'), { now: 0, before: 0, isUnknown: true }],
])('where %s', (_what, summary, gaps) => {
  expect(monthGaps(summary)).toEqual(gaps);
});
