import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { workflowBundle } from '../support/workflow-bundle.ts';

// Workflows that an earlier version started may still run when this one is deployed, so their histories must replay. A
// change that breaks one needs `patched`. `npm run histories` records one of each kind in the folder of the version.
const directory = fileURLToPath(new URL('../histories/', import.meta.url));
const files = globSync('*/*.json', { cwd: directory }).sort();
Runtime.install({ logger: new DefaultLogger('ERROR') });

test.each(files)('%s replays', async (file) => {
  const history = JSON.parse(readFileSync(`${directory}${file}`, 'utf8'));
  await Worker.runReplayHistory({ workflowBundle: workflowBundle() }, history);
});

test('there is a history of every workflow and change', () => {
  const kinds = [
    'connect-failed',
    'connect-completed',
    'backfill',
    'daily-sync',
    'sync-range',
    'change-activate',
    'change-disconnect-completed',
    'change-disconnect-purged',
    'change-repair',
    'sweep',
    'reconcile',
    'judge-budget',
    'raise-alert',
    'send-digest',
    'test-channel',
  ];
  for (const kind of kinds) expect(files.filter((file) => basename(file).startsWith(kind))).not.toEqual([]);
});
