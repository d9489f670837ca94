import type { Duration } from '@temporalio/common';
import { type WorkflowInterceptorsFactory, workflowInfo } from '@temporalio/workflow';

/** Of namespaces whose workflows wait no longer than a test needs to see that they wait. */
export const IMPATIENT = 'impatient-test-';
/** Of those whose workers are killed. Elsewhere, a worker that is only busy is not to be taken for a killed one. */
export const KILLS = `${IMPATIENT}kills-`;
/** Of those whose activities give up soon. */
export const GIVES_UP = `${IMPATIENT}gives-up-`;
const TIMER_MS = 5_000;
const HEARTBEAT_MS = 6_000;
const RETRY_MS = 3_000;
const ATTEMPTS = 2;

/**
 * Part of the bundle that tests run. In an impatient namespace, timers end and activities are retried after seconds, and
 * where workers are killed, they are missed after seconds; one that gives up does so after two attempts. Everything else is
 * as in production.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const { namespace } = workflowInfo();
  if (!namespace.startsWith(IMPATIENT)) return {};
  return {
    outbound: [
      {
        startTimer: (input, next) => next({ ...input, durationMs: Math.min(input.durationMs, TIMER_MS) }),
        scheduleActivity: (input, next) => {
          const { retry, ...options } = input.options;
          const maximumInterval: Duration = RETRY_MS;
          const givesUp = retry?.maximumAttempts && namespace.startsWith(GIVES_UP);
          // Every activity of ours sends heartbeats.
          return next({
            ...input,
            options: {
              ...options,
              ...(namespace.startsWith(KILLS) && { heartbeatTimeout: HEARTBEAT_MS }),
              ...(retry && { retry: { ...retry, maximumInterval, ...(givesUp && { maximumAttempts: ATTEMPTS }) } }),
            },
          });
        },
      },
    ],
  };
};
