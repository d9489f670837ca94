import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { markFailed, tracer } from '#tracing/span.ts';
import { PROBES } from './probes.ts';
import { routePattern } from './route-pattern.ts';

/**
 * Each request is a span. It continues the trace that a trusted proxy sends; of any other caller's, which could switch
 * sampling on or off, it holds a link. It holds the pattern of the route, never what was sent.
 */
export const traceRequests: RequestHandler = (request, response, next) => {
  if (PROBES.includes(request.path)) return next();
  const { method } = request;
  const given = propagation.extract(context.active(), request.headers);
  const isTrusted = request.app.get('trust proxy') > 0;
  const [parent, linked] = isTrusted ? [given, undefined] : [context.active(), trace.getSpanContext(given)];
  const links = linked ? [{ context: linked }] : [];
  const attributes = { 'http.request.method': method, 'pump.request_id': String(response.getHeader('x-request-id')) };
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes, links }, parent);
  response.once('close', () => {
    const route = routePattern(request);
    span.updateName(`${method} ${route}`.trim());
    span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
    if (response.statusCode >= 500) markFailed(span, String(response.statusCode));
    span.end();
  });
  context.with(trace.setSpan(parent, span), next);
};
