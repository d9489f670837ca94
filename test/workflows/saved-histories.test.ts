import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as workflows from '#workflows/index.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';

// Workflows that an earlier version started may still run when this one is deployed, so their histories must replay. A
// change that breaks one needs `patched`. `npm run histories` records one of each kind in the folder of the version.
const directory = fileURLToPath(new URL('../histories/', import.meta.url));
const files = globSync('*/*.json', { cwd: directory }).sort();
Runtime.install({ logger: new DefaultLogger('ERROR') });

const read = (file: string) => JSON.parse(readFileSync(`${directory}${file}`, 'utf8'));

test.each(files)('%s replays', async (file) => {
  await Worker.runReplayHistory({ workflowBundle: workflowBundle() }, read(file));
});

const workflowType = z.object({ name: z.string() });
const begun = z.object({ workflowExecutionStartedEventAttributes: z.object({ workflowType }) });
const saved = z.object({ events: z.tuple([begun], z.unknown()) });

test('there is a history of every workflow that a worker runs', () => {
  const types = files.map((file) => {
    const [first] = saved.parse(read(file)).events;
    return first.workflowExecutionStartedEventAttributes.workflowType.name;
  });
  expect([...new Set(types)].sort()).toEqual(Object.keys(workflows).sort());
});

test('there is a history of every change of an integration, and of each end of an attempt', () => {
  const kinds = [
    'connect-failed',
    'connect-completed',
    'change-activate',
    'change-disconnect-completed',
    'change-disconnect-purged',
    'change-repair',
  ];
  for (const kind of kinds) expect(files.filter((file) => basename(file).startsWith(kind))).not.toEqual([]);
});
