import { defaultPayloadConverter, type Headers } from '@temporalio/common';

/** The header by which Temporal's SDKs pass a trace on. */
const HEADER = '_tracer-data';

/** A span of a trace as W3C writes it: `00-<trace id>-<span id>-<flags>`. */
export type TraceParent = string;
const TRACE_PARENT = /^00-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** The span that started or signalled a workflow, or scheduled an activity; undefined where nothing was traced. */
export function readTrace(headers: Headers): TraceParent | undefined {
  const payload = headers[HEADER];
  if (!payload) return undefined;
  const { traceparent } = defaultPayloadConverter.fromPayload<{ traceparent?: unknown }>(payload);
  return typeof traceparent === 'string' && TRACE_PARENT.test(traceparent) ? traceparent : undefined;
}

export function withTrace(headers: Headers, traceparent: TraceParent | undefined): Headers {
  return traceparent ? { ...headers, [HEADER]: defaultPayloadConverter.toPayload({ traceparent }) } : headers;
}

/**
 * The ids of a workflow run's span, and of its trace where nothing else began one. They are made of the run's id, so
 * that activities on any worker know them.
 */
export function idsOfRun(runId: string): { traceId: string; spanId: string } {
  const traceId = runId.replaceAll('-', '');
  return { traceId, spanId: traceId.slice(16) };
}

/** What a workflow tells its worker at its end. `parent`: the span that started it. `failure`: its type, or ''. */
export type TraceSinks = { tracing: { workflowEnded(parent: TraceParent, failure: string): void } };
