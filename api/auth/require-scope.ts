import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import { callerOf, type Scope } from './authenticate.ts';

/** Refuses callers whose token lacks the scope. */
export function requireScope(scope: Scope): RequestHandler {
  return (_request, response, next) => {
    if (callerOf(response).scopes.has(scope)) return next();
    throw new Problem('insufficient_scope', { detail: `The token lacks the scope ${scope}.` });
  };
}
