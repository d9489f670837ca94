import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import packageJson from '#package.json' with { type: 'json' };
import type { Route } from '../http/route.ts';
import { type Examples, examples } from './examples.ts';
import { headers } from './headers.ts';
import { groups, introduction } from './introduction.ts';
import { describeOperation } from './operation.ts';
import { asRequest, webhooks } from './webhooks.ts';

export type ApiDescription = ReturnType<typeof describeApi>;

/** The API's description (OpenAPI 3.1), from the same schemas that validate requests. */
export function describeApi(routes: readonly Route[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = `/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: describeOperation(route, examples) };
  }
  const tags = [...new Set(routes.map(({ path }) => path.split('/')[1] ?? ''))];
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Pump · OpenAI costs', version: packageJson.version, description: introduction },
      servers: [{ url: '/', description: 'The server of this description' }],
      security: [{ bearer: [] }],
      tags: tags.map((name) => ({ name, ...(groups[name] && { description: groups[name] }) })),
      paths,
      webhooks,
      components: {
        headers,
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'A token of your identity provider; on a laptop, the token that npm start prints',
          },
        },
      },
    },
    { override: simplify },
  );
  for (const operations of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(operations)) addParameterExamples(operation, examples);
  }
  for (const { post } of Object.values(document.webhooks ?? {})) if (post) Object.assign(post, asRequest(post));
  return document;
}

type Operation = { operationId: string; parameters?: { in: string; name: string; example?: unknown }[] };

function addParameterExamples({ operationId, parameters = [] }: Operation, { operations }: Examples) {
  const example = operations[operationId];
  for (const parameter of parameters) {
    const value = parameter.in === 'path' ? example?.path[parameter.name] : example?.query[parameter.name];
    if (value !== undefined) parameter.example = value;
  }
}

type Overridden = {
  jsonSchema: { type?: unknown; format?: unknown; pattern?: unknown; minimum?: unknown; maximum?: unknown };
  io: string;
};

/** Removes from schemas of responses the long patterns and largest integers that `format` and `type` imply. */
function simplify({ jsonSchema, io }: Overridden) {
  if (io !== 'output') return;
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
