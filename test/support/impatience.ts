import { type WorkflowInterceptorsFactory, workflowInfo } from '@temporalio/workflow';

/** Of namespaces whose workflows wait no longer than a test needs to see that they wait. */
export const IMPATIENT = 'impatient-test-';
const TIMER_MS = 5_000;
const HEARTBEAT_MS = 6_000;

/**
 * Part of the bundle that tests run. In an impatient namespace, timers end and killed workers are missed after seconds;
 * everything else is as in production.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  if (!workflowInfo().namespace.startsWith(IMPATIENT)) return {};
  return {
    outbound: [
      {
        startTimer: (input, next) => next({ ...input, durationMs: Math.min(input.durationMs, TIMER_MS) }),
        scheduleActivity: (input, next) =>
          next(
            input.options.heartbeatTimeout
              ? { ...input, options: { ...input.options, heartbeatTimeout: HEARTBEAT_MS } }
              : input,
          ),
      },
    ],
  };
};
