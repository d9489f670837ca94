import type { Request } from 'express';
import { z } from 'zod';
import { type FieldError, Problem } from '../problem/problem.ts';
import type { Route } from './route.ts';

const nothing = z.strictObject({});
const noBody = z.undefined();

/**
 * A request's path, query and body, parsed by the route's schemas.
 * @throws Problem invalid_request with a pointer to each field and what it must be, never with its value
 */
export function validate({ params = nothing, query = nothing, body = noBody }: Route, request: Request) {
  const path = params.safeParse(request.params);
  const search = query.safeParse(request.query);
  const content = body.safeParse(request.body);
  const errors = [...errorsOf('/path', path), ...errorsOf('/query', search), ...errorsOf('', content)];
  if (errors.length > 0) throw new Problem('invalid_request', { errors });
  return { params: path.data, query: search.data, body: content.data };
}

function errorsOf(pointer: string, { error }: z.ZodSafeParseResult<unknown>): FieldError[] {
  return (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointer + toPointer([...issue.path, key]), message: 'is unknown' }))
      : [{ pointer: pointer + toPointer(issue.path), message: issue.message }],
  );
}

/** A JSON pointer (RFC 6901). */
const toPointer = (path: PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
