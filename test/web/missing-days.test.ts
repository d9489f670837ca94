import { expect, test } from 'vitest';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { withMissingDays } from '#web/src/costs/data/missing-days.ts';
import type { FetchedCosts } from '#web/src/costs/data/view-costs.ts';

const TODAY = '2026-11-29';
const costs = { byPeriod: { missing_days: [] }, days: { from: '2026-11-01', to: TODAY } } as unknown as FetchedCosts;
const read = (last_synced_at: string | null, status = 'connected') =>
  ({ status, last_synced_at, coverage: { from: '2025-11-29' } }) as unknown as IntegrationView;
const [may, early, late] = ['2026-05-03T04:00:00Z', '2026-11-29T04:00:00Z', '2026-11-29T05:00:00Z'];

test.each([
  ['the one that was read longest ago', [read(late), read(early), read(null)], early],
  ['none that is disconnected', [read(may, 'disconnected'), read(late)], late],
  ['one that is disconnected, where all are', [read(may, 'disconnected')], may],
  ['nobody knows which', undefined, null],
])('the costs were read when they were read of %s', (_what, integrations, readAt) => {
  expect(withMissingDays(costs, integrations, TODAY).readAt).toBe(readAt);
});

test.each([
  [undefined, []],
  ['2026-11-02', ['2026-11-01']],
])('a history from %s hatches the days before it: of one that the API does not say, none', (history_from, days) => {
  const said = { ...costs, byPeriod: { ...costs.byPeriod, history_from } } as FetchedCosts;
  expect(withMissingDays(said, undefined, TODAY).missing.beforeHistory).toEqual(days);
});
