import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import {
  bundleWorkflowCode,
  type Logger,
  type NativeConnection,
  Worker,
  type WorkflowBundleOption,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';
import { createActivities } from '../activities/index.ts';
import { activityInterceptor } from '../activities/interceptor.ts';
import { TASK_QUEUE } from '../workflows/ids.ts';
import { integrationStatus, tenantId } from '../workflows/search-attributes.ts';
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

/** A worker that is ready to run, on a namespace that has what the workflows need. */
export async function createWorker(options: WorkerOptions): Promise<Worker> {
  const { connection, namespace, workflowBundle, ...rest } = options;
  await ensureSearchAttributes(connection, namespace, [tenantId.name, integrationStatus.name]);
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle,
    activities: createActivities({ ...rest, temporal: new Client({ connection, namespace }) }),
    interceptors: { activity: [activityInterceptor] },
    // A slice of a large organization takes up to a hundred megabytes while it is read.
    maxConcurrentActivityTaskExecutions: 8,
    // Parsing such a slice holds the process for seconds: heartbeats go out well before they are missed.
    maxHeartbeatThrottleInterval: '5 seconds',
    shutdownGraceTime: '10 seconds',
  });
}
