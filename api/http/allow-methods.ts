import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';

/** Passes on the methods that a path takes, tells them to who asks with OPTIONS, and to who comes with any other. */
export function refuseOthers(methods: readonly string[]): RequestHandler {
  const allowed = [...methods, 'OPTIONS'].join(', ');
  return (request, response, next) => {
    if (methods.includes(request.method)) return next();
    response.set('allow', allowed);
    if (request.method === 'OPTIONS') return void response.status(204).end();
    throw new Problem('method_not_allowed', { detail: `This path takes ${allowed}.` });
  };
}

/** What is only read. */
export const refuseChanges = refuseOthers(['GET', 'HEAD']);
