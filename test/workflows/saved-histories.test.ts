import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { workflowBundle } from '../support/workflow-bundle.ts';

// Workflows of last year's version are still running when this one is deployed: their histories must replay. A change
// that breaks one needs `patched`; a new behaviour deserves a new history (Temporal UI → Download, or the CLI's
// `workflow show --output json`), beside the old one.
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
    'sync',
    'change-admit',
    'change-disconnect',
  ];
  for (const kind of kinds) expect(names.some((name) => name.startsWith(kind))).toBe(true);
});
