import { type Client, WorkflowFailedError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { startAndWait } from '#api/routes/integrations/deadline.ts';

const temporal = { withDeadline: (_: number, call: () => Promise<unknown>) => call() } as Client;
const late = Object.assign(new Error('late'), { code: 4, details: 'Deadline exceeded', metadata: {} });

test('a Temporal that does not accept a workflow in time is away, and one that works on it is slow', async () => {
  await expect(startAndWait(temporal, () => Promise.reject(late))).rejects.toBe(late);
  expect(await startAndWait(temporal, async () => ({ result: () => Promise.reject(late) }))).toBeUndefined();
  expect(await startAndWait(temporal, async () => ({ result: async () => null }))).toEqual({ result: null });
});

test('a workflow that failed, or was ended by an operator, is interrupted and no fault of the API', async () => {
  const failed = new WorkflowFailedError('failed', new Error('a step'), 'NON_RETRYABLE_FAILURE');
  const start = async () => ({ result: () => Promise.reject(failed) });
  await expect(startAndWait(temporal, start)).rejects.toMatchObject({ code: 'change_interrupted' });
});
