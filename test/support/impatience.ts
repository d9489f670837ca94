import type { Duration } from '@temporalio/common';
import { type WorkflowInterceptorsFactory, workflowInfo } from '@temporalio/workflow';

/** Of namespaces whose workflows wait no longer than a test needs to see that they wait. */
export const IMPATIENT = 'impatient-test-';
const TIMER_MS = 5_000;
const HEARTBEAT_MS = 6_000;
const RETRY_MS = 3_000;

/**
 * Part of the bundle that tests run. In an impatient namespace, timers end, killed workers are missed and activities are
 * retried after seconds; everything else is as in production.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  if (!workflowInfo().namespace.startsWith(IMPATIENT)) return {};
  return {
    outbound: [
      {
        startTimer: (input, next) => next({ ...input, durationMs: Math.min(input.durationMs, TIMER_MS) }),
        scheduleActivity: (input, next) => {
          const { retry, ...options } = input.options;
          const maximumInterval: Duration = RETRY_MS;
          // Every activity of ours sends heartbeats.
          return next({
            ...input,
            options: {
              ...options,
              heartbeatTimeout: HEARTBEAT_MS,
              ...(retry && { retry: { ...retry, maximumInterval } }),
            },
          });
        },
      },
    ],
  };
};
