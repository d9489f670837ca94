import { Client } from '@temporalio/client';
import {
  type NativeConnection,
  type WorkerOptions as SdkOptions,
  Worker,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { createByteBudget } from '#activities/context/byte-budget.ts';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { rememberSizes } from '#activities/context/window-sizes.ts';
import { createActivities } from '#activities/index.ts';
import { activityInterceptor } from '#activities/interceptor.ts';
import { READS_TASK_QUEUE, TASK_QUEUE } from '#workflows/contract/ids.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/contract/search-attributes.ts';
import { ensureSearchAttributes } from './ensure-search-attributes.ts';

export type WorkerOptions = Omit<Dependencies, 'temporal' | 'admit' | 'sizes'> & {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
};

/** Activities that read at once, each for an organization or a dataset of one. */
const READING_ACTIVITIES = 16;
/** Responses in flight, from their request until their days wait for the insert. They take some five times as much. */
const BYTES_IN_FLIGHT = 32 * 1024 * 1024;

/**
 * Creates a worker that is ready to run, and registers the search attributes that the workflows set. Reads from OpenAI
 * have slots of their own, so that checking a new key never waits for another organization's year to be read.
 */
export async function createWorker(options: WorkerOptions): Promise<{ run(): Promise<void>; shutdown(): void }> {
  const { connection, namespace, workflowBundle, ...rest } = options;
  await ensureSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
  const common = {
    connection,
    namespace,
    activities: createActivities({
      ...rest,
      temporal: new Client({ connection, namespace }),
      admit: createByteBudget(BYTES_IN_FLIGHT),
      sizes: rememberSizes(),
    }),
    interceptors: { activity: [activityInterceptor] },
    // Parsing a large slice holds the process for seconds: heartbeats go out well before they are missed.
    maxHeartbeatThrottleInterval: '5 seconds',
    shutdownGraceTime: '10 seconds',
  } satisfies Partial<SdkOptions>;
  const workers = [
    await Worker.create({ ...common, taskQueue: TASK_QUEUE, workflowBundle }),
    await Worker.create({
      ...common,
      taskQueue: READS_TASK_QUEUE,
      maxConcurrentActivityTaskExecutions: READING_ACTIVITIES,
    }),
  ];
  return {
    async run() {
      await Promise.all(workers.map((worker) => worker.run()));
    },
    shutdown() {
      for (const worker of workers) worker.shutdown();
    },
  };
}
