import { expect, test } from 'vitest';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { Limits } from '#api/routes/limits/list-limits.ts';
import { describeLimits, describeUnknown } from '#web/src/limits/describe-limits.ts';

type Given = Limits['data'][number];
const limit = (given: Partial<Given['limits'][number]>) =>
  ({
    ...{ kind: 'hard_limit', project_name: null, amount: '300', currency: 'usd', interval: 'month' },
    ...{ spent: '30', spent_percent: '10.00', is_reached: false, expected_on: null, earliest_on: null, summary: 'S.' },
    ...given,
  }) as Given['limits'][number];
const of = (id: string, limits: Given['limits'], is_readable: boolean | null = true): Given => ({
  ...{ integration_id: id, organization_name: 'Personal', read_on: '2026-11-28', is_readable, limits },
});
const organizations = ['a1', 'b2'].map(
  (id) => ({ id, organization: { id: `org-${id}`, name: 'Personal' } }) as IntegrationView,
);

test('the nearest limit comes first, and equal names are told apart', () => {
  const { described, unknown } = describeLimits(
    [
      of('a1', [limit({}), limit({ spent: '150', spent_percent: '50.00', project_name: 'Shop' })]),
      of('b2', [limit({ is_reached: true, spent: '300', spent_percent: '100.00' })]),
    ],
    organizations,
  );
  expect(described.map(({ text, isNear }) => [text, isNear])).toEqual([
    ['Personal (…org-b2): hard limit $300.00 a month, $300.00 (100%) spent. S.', true],
    ['Shop: hard limit $300.00 a month, $150.00 (50%) spent. S.', false],
    ['Personal (…org-a1): hard limit $300.00 a month, $30.00 (10%) spent. S.', false],
  ]);
  expect(unknown).toEqual([]);
});

test('of several organizations, one whose limits are not known is named', () => {
  const { described, unknown } = describeLimits([of('a1', [limit({})]), of('b2', [], false)], organizations);
  expect(described).toHaveLength(1);
  expect(describeUnknown(unknown, 2)).toBe(
    'Spend limits of Personal (…org-b2) are not all known: not read yet, or the key may not read them.',
  );
  expect(describeUnknown(unknown, 1)).toMatch(/^Spend limits are not all known/);
  expect(describeUnknown(['a', 'b', 'c'], 4)).toMatch(/^Spend limits of 3 organizations are not all known/);
  expect(describeUnknown([], 2)).toBe('');
});
