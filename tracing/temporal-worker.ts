import {
  context,
  type Context as Parent,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors, InjectedSinks } from '@temporalio/worker';
import { idsOfRun, readTrace, type TraceParent, type TraceSinks } from '#workflows/contract/trace.ts';
import { withIds } from './ids.ts';
import { inSpan, markFailed, tracer } from './span.ts';

/** Each attempt of an activity is a span of the trace that its workflow belongs to. */
export function traceActivity({ info }: Context): ActivityInterceptors {
  return {
    inbound: {
      execute(input, next) {
        const { workflowId = '', runId = '' } = info.workflowExecution ?? {};
        const attributes = { 'temporal.workflow_id': workflowId, 'temporal.attempt': info.attempt };
        const run = () => inSpan(info.activityType, { kind: SpanKind.CONSUMER, attributes }, () => next(input));
        return context.with(parentOf(readTrace(input.headers)) ?? contextOfRun(runId), run);
      },
    },
  };
}

/** Each workflow is a span, which is sent once the workflow has ended. */
export const traceSinks: InjectedSinks<TraceSinks> = {
  tracing: {
    workflowEnded: {
      callDuringReplay: false,
      fn({ workflowType, workflowId, runId, startTime }, parent, failure) {
        const attributes = { 'temporal.workflow_id': workflowId };
        const span = startSpanOfRun(runId, parentOf(parent) ?? ROOT_CONTEXT, workflowType, { startTime, attributes });
        if (failure) markFailed(span, failure);
        span.end();
      },
    },
  },
};

function parentOf(traceparent: TraceParent | undefined): Parent | undefined {
  return traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : undefined;
}

/** Of a run that nothing traced has started, as a schedule's: the span here is never ended, so it is never sent. */
const contextOfRun = (runId: string): Parent => trace.setSpan(ROOT_CONTEXT, startSpanOfRun(runId, ROOT_CONTEXT));

function startSpanOfRun(runId: string, parent: Parent, name = 'workflow', options = {}): Span {
  return withIds(idsOfRun(runId), () => tracer.startSpan(name, { kind: SpanKind.SERVER, ...options }, parent));
}
