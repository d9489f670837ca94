import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { workflowBundle } from '../support/workflow-bundle.ts';

// Workflows that an earlier version started may still run when this one is deployed, so their histories must replay. A
// change that breaks one needs `patched`. `npm run histories` records one of each kind; keep those of released versions.
const directory = new URL('../histories/', import.meta.url);
const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
Runtime.install({ logger: new DefaultLogger('ERROR') });

test.each(names)('%s replays', async (name) => {
  const history = JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
  await Worker.runReplayHistory({ workflowBundle: workflowBundle() }, history);
});

test('there is a history of every workflow', () => {
  const kinds = [
    'connect-failed',
    'connect-completed',
    'backfill',
    'daily-sync',
    'sync-range',
    'change-activate',
    'change-disconnect',
  ];
  for (const kind of kinds) expect(names.filter((name) => name.startsWith(kind))).not.toEqual([]);
});
