import { Connection } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { temporalConnection } from '#environment/temporal-connection.ts';
import { TASK_QUEUE } from '#workflows/contract/ids.ts';

const WORKFLOW_QUEUE = 1; // temporal.api.enums.v1.TaskQueueType

/** The workers that polled Temporal for workflow tasks lately: identity (pid@hostname) and time in unix ms. */
export async function listPollers({ namespace, connection: options }: ReturnType<typeof temporalConnection>) {
  const connection = await Connection.connect(options);
  try {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: WORKFLOW_QUEUE,
    });
    return (pollers ?? []).map(({ identity, lastAccessTime }) => ({
      identity: identity ?? '',
      at: optionalTsToMs(lastAccessTime) ?? 0,
    }));
  } finally {
    await connection.close();
  }
}
