import type { WorkerDeploymentVersion } from '@temporalio/common';
import {
  type NativeConnection,
  type WorkerOptions as SdkOptions,
  Worker,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { createByteBudget } from '#activities/context/byte-budget.ts';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { shareHeldDays } from '#activities/context/held-days.ts';
import { rememberSizes } from '#activities/context/window-sizes.ts';
import { createActivities } from '#activities/index.ts';
import { activityInterceptor } from '#activities/interceptor.ts';
import { traceActivity, traceSinks } from '#tracing/temporal-worker.ts';
import { READS_TASK_QUEUE, TASK_QUEUE } from '#workflows/contract/ids.ts';

export type WorkerOptions = Omit<Dependencies, 'admit' | 'heldDays' | 'sizes'> & {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  /** `reads` reads from OpenAI, `main` does the rest; by default both. */
  role?: 'all' | 'main' | 'reads';
  /** Activities that run at once: reads, and others. */
  slots: { reads: number; main: number };
  /** Where workers are versioned. */
  version?: WorkerDeploymentVersion | undefined;
};

/**
 * Responses in flight, from their request until their days wait for the insert. They take some five times as much. This
 * bounds the worker's memory whatever its slots, which is why no tuner of the SDK sets those.
 */
const BYTES_IN_FLIGHT = 16 * 1024 * 1024;

/** docker-compose.yml kills the process after 30 s, Kubernetes after 45. */
const SHUTDOWN_WITHIN = '25 seconds';

/**
 * Creates a worker that is ready to run. Reads from OpenAI have slots of their own, so that checking a new key never
 * waits for another organization's year to be read.
 */
export async function createWorker(options: WorkerOptions) {
  const { connection, namespace, workflowBundle, role = 'all', slots, version, ...rest } = options;
  const common = {
    connection,
    namespace,
    activities: createActivities({
      ...rest,
      admit: createByteBudget(BYTES_IN_FLIGHT),
      heldDays: shareHeldDays(),
      sizes: rememberSizes(),
    }),
    interceptors: { activity: [traceActivity, activityInterceptor] },
    sinks: traceSinks,
    // Parsing a large slice holds the process for seconds: heartbeats go out well before they are missed.
    maxHeartbeatThrottleInterval: '5 seconds',
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: SHUTDOWN_WITHIN,
    // The server says when it has more than the pollers fetch.
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    ...(version && {
      // Workflows end on the build that they began on, unless workflows/index.ts says otherwise.
      workerDeploymentOptions: { useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' as const },
    }),
  } satisfies Partial<SdkOptions>;
  const create = {
    main: () =>
      Worker.create({
        ...common,
        taskQueue: TASK_QUEUE,
        workflowBundle,
        maxConcurrentActivityTaskExecutions: slots.main,
      }),
    reads: () =>
      Worker.create({
        ...common,
        taskQueue: READS_TASK_QUEUE,
        maxConcurrentActivityTaskExecutions: slots.reads,
      }),
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
