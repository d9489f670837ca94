import type { WorkflowClient } from '@temporalio/client';
import { expect, test } from 'vitest';
import { historiesOf } from '#worker/histories-of.ts';

const failing = (code: number) =>
  Promise.reject(Object.assign(new Error('refused'), { code, details: '', metadata: {} }));
const histories: Record<string, () => Promise<object>> = {
  kept: async () => ({ events: [] }),
  deleted: () => failing(5),
  unreadable: () => failing(7),
};
const workflow = {
  getHandle: (id: string) => ({ fetchHistory: () => histories[id]?.() }),
} as unknown as WorkflowClient;

async function idsOf(...listed: string[]): Promise<string[]> {
  async function* executions() {
    for (const workflowId of listed) yield { workflowId, runId: 'r' };
  }
  const ids: string[] = [];
  for await (const { workflowId } of historiesOf(workflow, executions())) ids.push(workflowId);
  return ids;
}

test('a workflow that was deleted since Temporal listed it is passed over, and no other error is', async () => {
  expect(await idsOf('deleted', 'kept')).toEqual(['kept']);
  await expect(idsOf('unreadable', 'kept')).rejects.toThrow('refused');
});
