import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';
import { toFailure } from './context/failures.ts';
import { positionOf } from './context/heartbeat-position.ts';

/** Several times in each `heartbeatTimeout`, so that only a killed worker misses it. */
const HEARTBEAT_MS = 2_000;

/** Sends heartbeats while an activity runs, and turns our errors into failures. */
export function activityInterceptor(context: Context): ActivityInterceptors {
  return {
    inbound: {
      async execute(input, next) {
        if (context.info.attempt > 1) {
          context.metricMeter.createCounter('pump_activity_retries', undefined, 'Attempts after the first').add(1);
        }
        const heartbeat = setInterval(() => context.heartbeat(positionOf(context)), HEARTBEAT_MS);
        try {
          return await next(input);
        } catch (error) {
          throw toFailure(error);
        } finally {
          clearInterval(heartbeat);
        }
      },
    },
    outbound: {
      /** As the SDK names them in its own metrics. */
      getMetricTags: ({ namespace = '', taskQueue = '', activityType = '' }, next) =>
        next({ namespace, task_queue: taskQueue, activity_type: activityType }),
    },
  };
}
