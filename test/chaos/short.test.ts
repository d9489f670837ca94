import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Outcome } from './phases/run-phase.ts';
import { runChaos } from './run.ts';
import { linesOf } from './table.ts';

/** Each phase may take minutes on a busy machine until all is right. */
const timeout = 600_000;

// The short form of `npm run test:chaos`: few phases, the same each time.
test('whatever is killed while an organization is connected, synced and purged, all is right afterwards', {
  timeout,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-chaos-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const outcomes: Outcome[] = [];
  const { isRight, exits } = await runChaos({
    ...{ seed: 'k2', directory, workflowBundle: inject('workflowBundle') },
    ...{ factsPerDay: 5, withDisk: false },
    phases: ['connect', 'rotation', 'purge, busy'],
    isOver: () => false,
    interrupt: new AbortController().signal,
    onSkipped: (name) => expect.unreachable(name),
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  expect(isRight, [...outcomes.flatMap(linesOf), ...exits].join('\n')).toBe(true);
  expect(outcomes).toHaveLength(3);
});
