import { expect, test } from 'vitest';
import { drawFrom } from './draw.ts';
import { PHASE_NAMES, PHASES } from './phases/phases.ts';
import type { Outcome } from './phases/run-phase.ts';
import { sequence } from './sequence.ts';
import { HEAD, linesOf, skippedLine } from './table.ts';

const hits = ['temporal', 'clickhouse', 'clickhouse', 'worker1~', 'worker2', 'api'];
const outcome: Outcome = {
  ...{ name: 'range sync', isSettled: true, hits, faults: ['500', 'reset'], seconds: 12.34, days: 21 },
  ...{ difference: '-1234.123456789012345678', wrong: [] },
};

test('a line fits a terminal, and says whether all is right', () => {
  for (const line of [...HEAD, ...linesOf(outcome), skippedLine('full disk', 'only root may mount a small disk')])
    expect(line.length).toBeLessThanOrEqual(80);
  expect(linesOf(outcome)).toEqual([
    expect.stringMatching(/^range sync +T 2E W1~ W2 A +2 +12\.3 +21 -1234\.\d+ right$/),
  ]);
  expect(linesOf({ ...outcome, wrong: ['open: backfill'] })).toEqual([
    expect.stringMatching(/WRONG$/),
    '  open: backfill',
  ]);
});

test('a seed gives one sequence, in which each phase begins as the one before ended and none is left out', () => {
  const first = [...sequence(drawFrom('one')).take(60)];
  expect([...sequence(drawFrom('one')).take(60)]).toEqual(first);
  expect([...sequence(drawFrom('two')).take(60)]).not.toEqual(first);
  expect(new Set(first)).toEqual(new Set(PHASE_NAMES));
  let state = 'absent';
  for (const name of first) {
    expect(PHASES[name].from).toContain(state);
    state = PHASES[name].to;
  }
});
