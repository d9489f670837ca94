import { expect, test } from 'vitest';
import { type DayOfOrganization, restatementsOf } from '#web/src/costs/data/restatements.ts';

const restated = (day: string, from: string | null, to: string | null, organization?: string) =>
  ({ day, restated_at: `${day}T10:00:00Z`, restated_from: from, ours: to, organization }) as DayOfOrganization;
const notRestated = { day: '2026-11-20', restated_at: null, ours: '5' } as DayOfOrganization;

test('a restated day says from what to what, and all of them together by how much', () => {
  const days = [notRestated, restated('2026-11-23', '10', '9'), restated('2026-11-24', '608.83', '616.93')];
  const { byDay, inAll } = restatementsOf(days, 'usd', false);
  expect([...byDay]).toEqual([
    ['2026-11-23', 'Restated by OpenAI: $10.00 → $9.00 (−$1.00), seen Nov 23, 2026'],
    ['2026-11-24', 'Restated by OpenAI: $608.83 → $616.93 (+$8.10), seen Nov 24, 2026'],
  ]);
  expect(inAll).toBe('+$7.10 in all');
});

test('of several organizations it says whose, and that filters do not count', () => {
  const days = [restated('2026-11-24', '1', '2', 'Acme'), restated('2026-11-24', null, null, 'Other')];
  const { byDay, inAll } = restatementsOf(days, 'usd', true);
  expect(byDay.get('2026-11-24')).toBe(
    'Restated by OpenAI for Acme, without the filters: $1.00 → $2.00 (+$1.00), seen Nov 24, 2026; ' +
      'Restated by OpenAI for Other, without the filters, seen Nov 24, 2026',
  );
  expect(inAll).toBe('');
});

test('less than a cent is told with its digits', () => {
  const { byDay } = restatementsOf([restated('2026-11-24', '608.831', '608.832')], 'usd', false);
  expect(byDay.get('2026-11-24')).toBe('Restated by OpenAI: $608.831 → $608.832, seen Nov 24, 2026');
});
