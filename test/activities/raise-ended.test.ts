import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { raiseEnded } from '#activities/alerts/raise-ended.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';

test('a terminated alert that was deleted since Temporal listed it fails no other', async () => {
  const described: string[] = [];
  async function* list() {
    for (const id of ['one', 'two']) yield { workflowId: `alert/acme/${id}` };
  }
  const getHandle = (workflowId: string) => ({
    async describe() {
      described.push(workflowId);
      if (workflowId.endsWith('one')) throw new WorkflowNotFoundError('gone', workflowId, undefined);
      return { status: { name: 'CANCELLED' } };
    },
  });
  const temporal = { workflow: { list, getHandle } } as unknown as Client;
  await raiseEnded({ warehouse: {} as Warehouse, temporal });
  expect(described).toEqual(['alert/acme/one', 'alert/acme/two']);
});
