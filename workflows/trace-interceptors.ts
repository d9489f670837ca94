import { proxySinks, type WorkflowInterceptorsFactory, workflowInfo } from '@temporalio/workflow';
import { idsOfRun, readTrace, type TraceParent, type TraceSinks, withTrace } from './contract/trace.ts';

/**
 * Part of the bundle: passes the trace of whatever started or signalled a workflow on to what the workflow starts, and
 * reports its end. Headers are no part of what a replay compares.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const { workflowEnded } = proxySinks<TraceSinks>().tracing;
  const { spanId } = idsOfRun(workflowInfo().runId);
  let current: TraceParent | undefined;

  function reportEnd(parent: TraceParent | undefined, failure: string): void {
    if (!workflowInfo().unsafe.isReplaying) workflowEnded(parent ?? '', failure);
  }

  return {
    inbound: [
      {
        async execute(input, next) {
          const parent = readTrace(input.headers);
          current = parent?.replace(/-[\da-f]{16}-/, `-${spanId}-`);
          try {
            const result = await next(input);
            reportEnd(parent, '');
            return result;
          } catch (error) {
            const { type, name } = error as { type?: string; name?: string };
            reportEnd(parent, type ?? name ?? 'unknown');
            throw error;
          }
        },
        // Changes of an integration follow each other in one workflow, each requested by a trace of its own.
        handleSignal(input, next) {
          const its = readTrace(input.headers);
          if (its && traceIdIn(its) !== traceIdIn(current)) current = its;
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next({ ...input, headers: withTrace(input.headers, current) }),
        startChildWorkflowExecution: (input, next) => next({ ...input, headers: withTrace(input.headers, current) }),
        signalWorkflow: (input, next) => next({ ...input, headers: withTrace(input.headers, current) }),
      },
    ],
  };
};

const traceIdIn = (traceparent: TraceParent | undefined) => traceparent?.slice(3, 35);
