import { expect, test } from 'vitest';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { describeDays, stateOf } from '#web/src/integrations/progress/day-states.ts';

const of = (day: string, said: Partial<IntegrationDay> = {}) => ({
  day,
  state: stateOf({
    ...{ synced_at: '2026-11-29T00:00:00Z', settled: true, difference: '0', restated_at: null, ...said },
  } as IntegrationDay),
});

test('which days differ, are restated or missing is said in words, too', () => {
  const cells = [
    of('2026-10-01', { difference: '0.5' }),
    of('2026-10-02', { difference: '-1' }),
    of('2026-10-03'),
    of('2026-10-04', { difference: '2' }),
    of('2026-10-05', { restated_at: '2026-10-09' }),
    of('2026-10-06', { synced_at: null }),
  ];
  expect(describeDays(cells, 'differs')).toMatch(/^Oct 1\s–\s2, 2026; Oct 4, 2026$/);
  expect(describeDays(cells, 'restated')).toBe('Oct 5, 2026');
  expect(describeDays(cells, 'missing')).toBe('Oct 6, 2026');
});
