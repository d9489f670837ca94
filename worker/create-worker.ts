import { Client } from '@temporalio/client';
import {
  type NativeConnection,
  type WorkerOptions as SdkOptions,
  Worker,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import pLimit from 'p-limit';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { createActivities } from '#activities/index.ts';
import { activityInterceptor } from '#activities/interceptor.ts';
import { READS_TASK_QUEUE, TASK_QUEUE } from '#workflows/contract/ids.ts';

export type WorkerOptions = Omit<Dependencies, 'temporal' | 'readSlot'> & {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  /** `reads` reads from OpenAI, `main` does the rest; by default both. */
  role?: 'all' | 'main' | 'reads';
};

/** Slices that a worker reads at once. One of a large organization takes up to a hundred megabytes meanwhile. */
const READ_SLOTS = 8;

/**
 * Creates a worker that is ready to run. Reads from OpenAI have slots of their own, so that checking a new key never
 * waits for another organization's year to be read.
 */
export async function createWorker(options: WorkerOptions) {
  const { connection, namespace, workflowBundle, role = 'all', ...rest } = options;
  const common = {
    connection,
    namespace,
    activities: createActivities({
      ...rest,
      temporal: new Client({ connection, namespace }),
      readSlot: pLimit(READ_SLOTS),
    }),
    interceptors: { activity: [activityInterceptor] },
    // Parsing a large slice holds the process for seconds: heartbeats go out well before they are missed.
    maxHeartbeatThrottleInterval: '5 seconds',
    shutdownGraceTime: '10 seconds',
  } satisfies Partial<SdkOptions>;
  const create = {
    main: () => Worker.create({ ...common, taskQueue: TASK_QUEUE, workflowBundle }),
    reads: () =>
      Worker.create({ ...common, taskQueue: READS_TASK_QUEUE, maxConcurrentActivityTaskExecutions: 2 * READ_SLOTS }),
  };
  const workers = role === 'all' ? [await create.main(), await create.reads()] : [await create[role]()];
  return {
    async run(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.run()));
    },
    isRunning: (): boolean => workers.every((worker) => worker.getState() === 'RUNNING'),
    shutdown(): void {
      for (const worker of workers) worker.shutdown();
    },
  };
}
