import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Router } from 'express';
import { z } from 'zod';
import { type FieldError, Problem } from './problem.ts';

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  tenantId: string;
  params: z.infer<P>;
  query: z.infer<Q>;
  body: z.infer<B>;
  /** Aborted once nobody waits for the answer any more. */
  signal: AbortSignal;
};
type Answer = { status?: number; headers?: Record<string, string> } & (
  | { body: unknown }
  | { stream: AsyncIterable<Uint8Array> }
);

const nothing = z.strictObject({});

/** A route: what it takes, as schemas that refuse what they do not know by name, and what it answers. */
export function route<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUnknown,
>(definition: {
  method: 'get' | 'post' | 'delete';
  path: string;
  params?: P;
  query?: Q;
  body?: B;
  handle: (input: Input<P, Q, B>) => Promise<Answer>;
}) {
  const { method, path, params = nothing, query = nothing, body = z.unknown(), handle } = definition;
  const handler: RequestHandler = async (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await handle({
      tenantId: response.locals.tenantId,
      params: check('/path', params, request.params),
      query: check('/query', query, request.query),
      body: check('', body, request.body),
      signal: gone.signal,
    } as Input<P, Q, B>);
    response.status(answer.status ?? 200).set(answer.headers ?? {});
    if ('stream' in answer) await pipeline(answer.stream, response);
    else response.json(answer.body);
  };
  return (router: Router) => router[method](path, handler);
}

/** @throws Problem that points at each field and says what it should be; never what it was */
function check(pointer: string, schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue): FieldError[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: `${pointer}/${key}`, message: 'is not known here' }))
      : [{ pointer: [pointer, ...issue.path].join('/'), message: issue.message }],
  );
  throw new Problem('invalid_request', { errors });
}
