import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';
import { toFailure } from './failures.ts';

/** Often enough that a killed worker's activity is given to another one within `heartbeatTimeout`. */
const HEARTBEAT_MS = 2_000;

/** Around every activity: a heartbeat while it runs, and our errors as failures when it ends. */
export function activityInterceptor(context: Context): ActivityInterceptors {
  return {
    inbound: {
      async execute(input, next) {
        if (context.info.attempt > 1) {
          context.metricMeter.createCounter('pump_activity_retries', undefined, 'Attempts after the first').add(1);
        }
        const heartbeat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
        try {
          return await next(input);
        } catch (error) {
          throw toFailure(error);
        } finally {
          clearInterval(heartbeat);
        }
      },
    },
  };
}
