import { context, propagation, type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';

/** Spans cost next to nothing until tracing/start.ts has begun to send them. */
export const tracer = trace.getTracer('pump-openai-costs');

/**
 * Runs work as a span of the current trace. A span holds names, ids and numbers alone: of an error, its type. Messages,
 * SQL, queries and headers may hold what nobody but the tenant should see.
 */
export function inSpan<T>(name: string, options: SpanOptions, run: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await run(span);
    } catch (error) {
      markFailed(span, errorType(error));
      throw error;
    } finally {
      span.end();
    }
  });
}

export function markFailed(span: Span, type: string): void {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
}

/** What kind of error it is, in one word: of ours and of Temporal's the type, of Node's the code. */
export function errorType(error: unknown): string {
  const { kind, type, code, name } = error as Record<string, unknown>;
  const found = [kind, type, code, name].find((each) => typeof each === 'string' && each !== '');
  return String(found ?? 'unknown');
}

/** The headers by which another server continues the current trace; none where there is none. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
