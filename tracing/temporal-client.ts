import { SpanKind } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { Headers } from '@temporalio/common';
import { withTrace } from '#workflows/contract/trace.ts';
import { inSpan, traceHeaders } from './span.ts';

/** Of a Temporal client: each start, signal and update is a span, and the workflow continues its trace. */
export const traceCalls: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    inCall(`start ${input.workflowType}`, input.options.workflowId, () =>
      next({ ...input, headers: traced(input.headers) }),
    ),
  signalWithStart: (input, next) =>
    inCall(`signal ${input.workflowType}`, input.options.workflowId, () =>
      next({ ...input, headers: traced(input.headers) }),
    ),
  startUpdate: (input, next) =>
    inCall(`update ${input.updateName}`, input.workflowExecution.workflowId ?? '', () =>
      next({ ...input, headers: traced(input.headers) }),
    ),
};

const inCall = <T>(name: string, workflowId: string, run: () => Promise<T>) =>
  inSpan(name, { kind: SpanKind.CLIENT, attributes: { 'temporal.workflow_id': workflowId } }, run);

const traced = (headers: Headers) => withTrace(headers, traceHeaders().traceparent);
