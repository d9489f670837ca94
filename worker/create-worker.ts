import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import {
  bundleWorkflowCode,
  type Logger,
  type NativeConnection,
  type WorkerOptions as SdkOptions,
  Worker,
  type WorkflowBundleOption,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { createActivities } from '#activities/index.ts';
import { activityInterceptor } from '#activities/interceptor.ts';
import { READS_TASK_QUEUE, TASK_QUEUE } from '#workflows/contract/ids.ts';
import { integrationStatus, tenantId } from '#workflows/contract/search-attributes.ts';
import { ensureSearchAttributes } from './ensure-search-attributes.ts';

export type WorkerOptions = Omit<Dependencies, 'temporal'> & {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
};

/** The workflows as one script; made once a process. */
export function bundleWorkflows(logger: Logger): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger,
  });
}

/**
 * A worker that is ready to run, on a namespace that has what the workflows need. Reads from OpenAI have slots of their
 * own: whoever waits at a screen while a key is checked does not wait for somebody's year to be read.
 */
export async function createWorker(options: WorkerOptions): Promise<{ run(): Promise<void>; shutdown(): void }> {
  const { connection, namespace, workflowBundle, ...rest } = options;
  await ensureSearchAttributes(connection, namespace, [tenantId.name, integrationStatus.name]);
  const common = {
    connection,
    namespace,
    activities: createActivities({ ...rest, temporal: new Client({ connection, namespace }) }),
    interceptors: { activity: [activityInterceptor] },
    // Parsing a large slice holds the process for seconds: heartbeats go out well before they are missed.
    maxHeartbeatThrottleInterval: '5 seconds',
    shutdownGraceTime: '10 seconds',
  } satisfies Partial<SdkOptions>;
  const workers = [
    await Worker.create({ ...common, taskQueue: TASK_QUEUE, workflowBundle }),
    // A slice of a large organization takes up to a hundred megabytes while it is read.
    await Worker.create({ ...common, taskQueue: READS_TASK_QUEUE, maxConcurrentActivityTaskExecutions: 8 }),
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
