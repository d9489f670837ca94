import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { Route } from '../http/route.ts';
import { problemBody } from '../problem/problem.ts';
import { type ProblemCode, problems } from '../problem/problems.ts';
import type { Example, Examples } from './examples.ts';
import { headersOf } from './headers.ts';

type Status = `${1 | 2 | 3 | 4 | 5}${string}`;

const ifNoneMatch = z.object({
  'if-none-match': z.string().optional().meta({ description: 'The ETag of the response that you have' }),
});
const idempotencyKey = z.object({
  'idempotency-key': z
    .string()
    .max(255)
    .optional()
    .meta({ description: 'Requests with the same key are executed once' }),
});

/** Problems of every route. */
const commonProblems: readonly ProblemCode[] = [
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
const bodyProblems: readonly ProblemCode[] = ['invalid_json', 'body_too_large', 'unsupported_media_type'];

const EVENT_STREAM = 'text/event-stream';
const PARQUET = 'application/vnd.apache.parquet';
/** The schema of one event of a stream. */
const event = z
  .object({ event: z.string(), data: z.string().meta({ contentMediaType: 'application/json' }) })
  .meta({ id: 'ServerSentEvent' });

/** A route as an operation of the API's description. */
export function describeOperation(route: Route, examples: Examples): ZodOpenApiOperationObject {
  const { operationId, summary, description, scope, params, query, body, conditional, idempotent } = route;
  const example = examples.operations[operationId];
  const header = idempotent ? idempotencyKey : conditional ? ifNoneMatch : undefined;
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
      ...successesOf(route, example),
      ...problemsOf(route, examples),
    },
  };
}

/** Text, events, or bytes: a generated client would decode Parquet as text. */
function schemaOf(mediaType: string) {
  if (mediaType === EVENT_STREAM) return event;
  const text = { type: 'string' as const };
  return mediaType === PARQUET ? { ...text, format: 'binary' } : text;
}

function successesOf({ responses, stream, conditional }: Route, example?: Example): ZodOpenApiResponsesObject {
  const isConditional = conditional !== undefined;
  const described: ZodOpenApiResponsesObject = {};
  const exampleOf = (status: number, type: string) =>
    example?.status === status && example.media_type === type ? { example: example.response } : {};
  for (const [key, { description, body }] of Object.entries(responses)) {
    const status = Number(key);
    described[key as Status] = {
      description,
      headers: headersOf(status, { isConditional }),
      content: { 'application/json': { schema: body, ...exampleOf(status, 'application/json') } },
    };
  }
  if (stream) {
    const file = !stream.mediaTypes.includes(EVENT_STREAM);
    const content = stream.mediaTypes.map((type) => [type, { schema: schemaOf(type), ...exampleOf(200, type) }]);
    described['200'] = {
      description: stream.description,
      headers: headersOf(200, { isConditional, file }),
      content: Object.fromEntries(content),
    };
  }
  if (isConditional) {
    const description = 'Nothing has changed since the response with this ETag';
    described['304'] = { description, headers: headersOf(304, { isConditional }) };
  }
  return described;
}

function problemsOf(route: Route, examples: Examples): ZodOpenApiResponsesObject {
  const codes = new Set([
    ...commonProblems,
    ...(route.body ? bodyProblems : []),
    ...(route.params ? (['not_found'] as const) : []),
    ...(route.conditional ? (['too_many_at_once'] as const) : []),
    ...(route.problems ?? []),
  ]);
  const described: ZodOpenApiResponsesObject = {};
  for (const [status, those] of Map.groupBy(codes, (code) => problems[code].status)) {
    const recorded = those.flatMap((code) => {
      const value = examples.problems[code];
      return value ? [[code, { summary: problems[code].title, value }]] : [];
    });
    described[`${status}` as Status] = {
      description: those.map((code) => `\`${code}\`: ${problems[code].title}`).join('\n\n'),
      headers: headersOf(status),
      content: {
        'application/problem+json': {
          schema: problemBody,
          ...(recorded.length > 0 && { examples: Object.fromEntries(recorded) }),
        },
      },
    };
  }
  return described;
}
