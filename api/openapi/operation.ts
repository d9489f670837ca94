import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { Route } from '../http/route.ts';
import { type ProblemCode, problemBody, problems } from '../problem/problem.ts';
import type { Example, Examples } from './examples.ts';
import { headersOf } from './headers.ts';

type Status = `${1 | 2 | 3 | 4 | 5}${string}`;

/** Headers that requests may have, by what a route is. */
const ifNoneMatch = z.object({
  'if-none-match': z.string().optional().meta({ description: 'The ETag of the answer that you have' }),
});
const idempotencyKey = z.object({
  'idempotency-key': z.string().max(255).optional().meta({ description: 'Repeated with it, a request is done once' }),
});

/** Problems that any route may answer with. */
const common: readonly ProblemCode[] = [
  'invalid_request',
  'unauthorized',
  'insufficient_scope',
  'too_many_requests',
  'internal_error',
  'too_slow',
  'warehouse_busy',
  'identity_unavailable',
  'warehouse_unavailable',
  'temporal_unavailable',
];
const ofBodies: readonly ProblemCode[] = ['invalid_json', 'body_too_large', 'unsupported_media_type'];

/** Of a stream of events, the schema is that of each one. */
const EVENTS = 'text/event-stream';
const event = {
  type: 'object' as const,
  properties: {
    event: { type: 'string' as const },
    data: { type: 'string' as const, contentMediaType: 'application/json' },
  },
  required: ['event', 'data'],
};

/** A route as the description has it. */
export function describeOperation(route: Route, examples: Examples): ZodOpenApiOperationObject {
  const { operationId, summary, description, scope, params, query, body, cached, once } = route;
  const example = examples.operations[operationId];
  const header = once ? idempotencyKey : cached ? ifNoneMatch : undefined;
  return {
    operationId,
    summary,
    ...(description && { description }),
    tags: [route.path.split('/')[1] ?? ''],
    security: [{ bearer: [scope] }],
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(header && { header }) },
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: body, ...(example?.body !== undefined && { example: example.body }) },
        },
      },
    }),
    responses: {
      ...answersOf(route, example),
      ...problemsOf(route, examples),
      // Node's own answer, before anything of ours is asked.
      ...(query && {
        '431': { description: 'The URL and the headers are larger than 16 kB together; without a body' },
      }),
    },
  };
}

function answersOf({ answers, stream, cached = false }: Route, example?: Example): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  const exampleOf = (status: number, type: string) =>
    example?.status === status && example.media_type === type ? { example: example.answer } : {};
  for (const [key, { description, body }] of Object.entries(answers)) {
    const status = Number(key);
    responses[key as Status] = {
      description,
      headers: headersOf(status, { cached }),
      content: { 'application/json': { schema: body, ...exampleOf(status, 'application/json') } },
    };
  }
  if (stream) {
    const file = !stream.mediaTypes.includes(EVENTS);
    const content = stream.mediaTypes.map((type) => [
      type,
      { schema: type === EVENTS ? event : { type: 'string' as const }, ...exampleOf(200, type) },
    ]);
    responses['200'] = {
      description: stream.description,
      headers: headersOf(200, { cached, file }),
      content: Object.fromEntries(content),
    };
  }
  if (cached) {
    const description = 'Nothing has changed since the answer with this ETag';
    responses['304'] = { description, headers: headersOf(304, { cached }) };
  }
  return responses;
}

function problemsOf(route: Route, examples: Examples): ZodOpenApiResponsesObject {
  const codes = new Set([
    ...common,
    ...(route.body ? ofBodies : []),
    ...(route.params ? (['not_found'] as const) : []),
    ...(route.cached ? (['too_many_at_once'] as const) : []),
    ...(route.problems ?? []),
  ]);
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, those] of Map.groupBy(codes, (code) => problems[code][0])) {
    const recorded = those.flatMap((code) => {
      const value = examples.problems[code];
      return value ? [[code, { summary: problems[code][1], value }]] : [];
    });
    responses[`${status}` as Status] = {
      description: those.map((code) => `\`${code}\`: ${problems[code][1]}`).join('\n\n'),
      headers: headersOf(status),
      content: {
        'application/problem+json': {
          schema: problemBody,
          ...(recorded.length > 0 && { examples: Object.fromEntries(recorded) }),
        },
      },
    };
  }
  return responses;
}
