import { expect, test } from 'vitest';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { staleSince, troubleOf } from '#web/src/integrations/trouble.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const problem = (code: string) => ({ code, title: `Title of ${code}`, detail: 'Why, and what to do.' });
const integration = (given: Partial<IntegrationView> = {}) =>
  ({
    ...{ id: 'openai-1', status: 'connected', problem: null, last_synced_at: '2026-11-29T04:00:00Z' },
    ...{ progress: { days_done: 365, days_total: 365 }, coverage: { missing_days: 0 } },
    ...given,
  }) as IntegrationView;
const OLD = { last_synced_at: '2026-11-14T04:00:00Z' };

test('where syncs come daily, nothing is wrong', () => {
  expect(troubleOf(integration(), NOW)).toBeUndefined();
  expect(troubleOf(integration({ ...OLD, status: 'backfilling' }), NOW)).toBeUndefined();
});

test.each([
  ['wrong_region', { problem: problem('wrong_region'), ...OLD }, 'Title of wrong_region', '/integrations/openai-1'],
  ['a difference', { problem: problem('not_reconciled') }, 'Title of not_reconciled', '/integrations/openai-1'],
  [
    'a key',
    { status: 'action_required', problem: problem('key_rejected'), ...OLD },
    'Title of key_rejected',
    '/connect?integration=openai-1',
  ],
  ['a disconnect', { status: 'disconnected', ...OLD }, 'No new days arrive', '/connect?integration=openai-1'],
  ['silence', OLD, 'No new days arrive', '/integrations/openai-1'],
] as const)('trouble by %s says why, since when, and what to do', (why, given, title, href) => {
  const trouble = troubleOf(integration(given as Partial<IntegrationView>), NOW);
  expect(trouble).toMatchObject({ title, action: { href } });
  expect(trouble?.detail.includes('The figures are as of Nov 14, 2026')).toBe(why !== 'a difference');
});

test.each([
  [undefined, {}, '2026-11-27'],
  ['2026-11-14', {}, '2026-11-14'],
  ['2026-11-27', { problem: problem('network_refused') }, '2026-11-27'],
  ['2026-11-27', OLD, '2026-11-27'],
  [undefined, { problem: problem('not_reconciled') }, '2026-11-28'],
  [undefined, { status: 'backfilling' }, '2026-11-14'],
] as const)('the figures are as of %s', (since, given, syncedThrough) => {
  expect(staleSince([integration(given as Partial<IntegrationView>)], syncedThrough, NOW)).toBe(since);
});

test('of organizations that could not be loaded, nobody knows whether newer days should be there', () => {
  expect(staleSince(undefined, '2026-11-28', NOW)).toBe('2026-11-28');
  expect(staleSince([], '2026-11-28', NOW)).toBeUndefined();
});
