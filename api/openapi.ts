import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import packageJson from '../package.json' with { type: 'json' };
import { type ProblemCode, problemBody, problems } from './problem.ts';
import type { Route } from './route.ts';

const idempotency = z.object({
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
  'identity_unavailable',
  'warehouse_unavailable',
  'temporal_unavailable',
];

/** The API's description (OpenAPI 3.1), from the same schemas that requests are checked with. */
export function describeApi(routes: readonly Route[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = `/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Pump · OpenAI costs',
      version: packageJson.version,
      description:
        'What an organization spends at OpenAI, by project, model and token category, exact to the last digit. ' +
        'Amounts are decimal text, days are UTC, ranges are half-open: from is in, to is not.',
    },
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of your identity provider; on a laptop, the one that npm start prints',
        },
      },
    },
  });
}

function operation(route: Route): ZodOpenApiOperationObject {
  const { method, operationId, summary, description, scope, params, query, body } = route;
  return {
    operationId,
    summary,
    ...(description && { description }),
    tags: [route.path.split('/')[1] ?? ''],
    security: [{ bearer: [scope] }],
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(method === 'post' && { header: idempotency }),
    },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...answersOf(route), ...problemsOf([...common, ...(route.problems ?? [])]) },
  };
}

function answersOf({ answers, stream, cached }: Route): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, { description, body }] of Object.entries(answers)) {
    responses[status as `${1 | 2 | 3 | 4 | 5}${string}`] = {
      description,
      content: { 'application/json': { schema: body } },
    };
  }
  if (stream) {
    const content = stream.mediaTypes.map((type) => [type, { schema: { type: 'string' as const } }]);
    responses['200'] = { description: stream.description, content: Object.fromEntries(content) };
  }
  if (cached) responses['304'] = { description: 'Nothing has changed since the answer with this ETag' };
  return responses;
}

function problemsOf(codes: readonly ProblemCode[]): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, those] of Map.groupBy(new Set(codes), (code) => problems[code][0])) {
    responses[`${status}` as `${1 | 2 | 3 | 4 | 5}${string}`] = {
      description: those.map((code) => `\`${code}\`: ${problems[code][1]}`).join('\n\n'),
      content: { 'application/problem+json': { schema: problemBody } },
    };
  }
  return responses;
}
