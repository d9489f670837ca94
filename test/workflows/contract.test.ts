import { expect, test } from 'vitest';
import type { Workflows } from '#workflows/contract/workflows.ts';
import * as workflows from '#workflows/index.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';

test('a worker runs the workflows of the contract, and no others', () => {
  // The compiler checks names, arguments and results in both directions.
  const promised: Workflows = workflows;
  const exported: typeof workflows = promised;
  expect(Object.keys(exported).sort()).toEqual([
    'backfill',
    'changeIntegration',
    'connectIntegration',
    'dailySync',
    'judgeBudget',
    'raiseAlert',
    'reconcileIntegrations',
    'sendDigest',
    'sendMissed',
    'sweepPurged',
    'syncRange',
    'tellEvents',
    'testChannel',
  ]);
});

test('the client of Temporal is not part of the workflows', () => {
  const { code } = workflowBundle();
  expect(code).toContain('workflows/contract/messages.ts');
  expect(code).not.toContain('workflows/contract/start.ts');
  expect(code).not.toContain('@temporalio/client');
});
