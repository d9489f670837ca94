import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';

/** Passes on the methods that a path supports, lists them for OPTIONS, and refuses all others. */
export function allowMethods(methods: readonly string[]): RequestHandler {
  const allowed = [...methods, 'OPTIONS'].join(', ');
  return (request, response, next) => {
    if (methods.includes(request.method)) return next();
    response.set('allow', allowed);
    if (request.method === 'OPTIONS') return void response.status(204).end();
    throw new Problem('method_not_allowed', { detail: `This path supports ${allowed}.` });
  };
}

/** For paths that are only read. */
export const allowReads = allowMethods(['GET', 'HEAD']);
