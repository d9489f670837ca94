import { expect, test } from 'vitest';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { restatementsOf as describe } from '#web/src/costs/data/restatements.ts';

type Reconciled = Parameters<typeof describe>[0];
/** Where all restated days are listed, as is usual. */
const restatementsOf = (restatements: Reconciled['restatements'], context: Parameters<typeof describe>[1]) =>
  describe({ restatements, restated_days: restatements.length }, context);
const restated = (day: string, restated_from: string | null, restated_to: string | null, organization = 'Acme') => ({
  ...{ day, restated_from, restated_to, currency: 'usd' },
  ...{ integration_id: organization, organization_name: organization, restated_at: `${day}T10:00:00Z` },
});
const organizations = (...names: string[]) =>
  names.map((name) => ({ id: name, organization: { id: name, name } }) as IntegrationView);
const one = { integrations: organizations('Acme'), currency: 'usd', isFiltered: false };

test('a restated day says from what to what, and all of them together by how much', () => {
  const days = [restated('2026-11-23', '10', '9'), restated('2026-11-24', '608.83', '616.93')];
  const { byDay, inAll } = restatementsOf(days, one);
  expect([...byDay]).toEqual([
    ['2026-11-23', 'Restated by OpenAI: $10.00 → $9.00 (−$1.00), seen Nov 23, 2026'],
    ['2026-11-24', 'Restated by OpenAI: $608.83 → $616.93 (+$8.10), seen Nov 24, 2026'],
  ]);
  expect(inAll).toBe('+$7.10 in all');
});

test('of several organizations it says whose, and that filters do not count', () => {
  const days = [restated('2026-11-24', '1', '2', 'Acme'), restated('2026-11-24', null, null, 'Other')];
  const { byDay, inAll } = restatementsOf(days, {
    ...one,
    integrations: organizations('Acme', 'Other'),
    isFiltered: true,
  });
  expect(byDay.get('2026-11-24')).toBe(
    'Restated by OpenAI for Acme, without the filters: $1.00 → $2.00 (+$1.00), seen Nov 24, 2026; ' +
      'Restated by OpenAI for Other, without the filters, seen Nov 24, 2026',
  );
  expect(inAll).toBe('');
});

test('less than a cent is told with its digits', () => {
  const { byDay } = restatementsOf([restated('2026-11-24', '608.831', '608.832')], one);
  expect(byDay.get('2026-11-24')).toBe('Restated by OpenAI: $608.831 → $608.832, seen Nov 24, 2026');
});

test('a restated day has its own currency, and is not added up with others', () => {
  const euros = { ...restated('2026-11-24', '10', '12', 'Other'), currency: 'eur' };
  const days = [restated('2026-11-23', '10', '9'), euros];
  const { byDay, inAll } = restatementsOf(days, { ...one, currency: 'eur' });
  expect([...byDay.values()]).toEqual([
    'Restated by OpenAI: $10.00 → $9.00 (−$1.00), seen Nov 23, 2026',
    'Restated by OpenAI: €10.00 → €12.00 (+€2.00), seen Nov 24, 2026',
  ]);
  expect(inAll).toBe('');
  expect(restatementsOf([euros], { ...one, currency: 'eur' }).inAll).toBe('+€2.00 in all');
});

test('where only the newest are listed, their sum is not that of all', () => {
  const restatements = [restated('2026-11-23', '10', '9'), restated('2026-11-24', '1', '2')];
  expect(describe({ restatements, restated_days: 1234 }, one).inAll).toBe('by the newest 2 of 1,234 changes');
});
