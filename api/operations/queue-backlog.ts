import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { READS_TASK_QUEUE, TASK_QUEUE } from '#workflows/contract/ids.ts';

/** temporal.api.enums.v1.TaskQueueType */
const KINDS = { workflow: 1, activity: 2 } as const;
const QUEUES = [
  [TASK_QUEUE, 'workflow'],
  [TASK_QUEUE, 'activity'],
  [READS_TASK_QUEUE, 'activity'],
] as const;

export type QueueBacklog = { task_queue: string; kind: keyof typeof KINDS; tasks: number; seconds: number };

/** How many tasks wait in each queue, and for how long the oldest does. Also known where no worker runs. */
export function readQueueBacklogs({ workflowService, options }: Client): Promise<QueueBacklog[]> {
  return Promise.all(
    QUEUES.map(async ([task_queue, kind]) => {
      const { stats } = await workflowService.describeTaskQueue({
        namespace: options.namespace,
        taskQueue: { name: task_queue },
        taskQueueType: KINDS[kind],
        reportStats: true,
      });
      const seconds = stats?.approximateBacklogAge ? tsToMs(stats.approximateBacklogAge) / 1000 : 0;
      return { task_queue, kind, tasks: Number(stats?.approximateBacklogCount ?? 0), seconds };
    }),
  );
}
