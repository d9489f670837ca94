import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';

export const scopes = ['costs:read', 'integrations:write', 'budgets:write'] as const;
export type Scope = (typeof scopes)[number];

/** The caller of a request. `id` tells the credentials of a tenant apart and reveals nothing of the token. */
export type Caller = {
  id: string;
  tenantId: string;
  scopes: ReadonlySet<string>;
  /** Unix milliseconds. */
  expiresAt?: number;
};

/** @returns undefined for a token that is not valid; throws if that cannot be verified */
export type VerifyToken = (token: string) => Promise<Caller | undefined>;

/** Admits callers that present a valid token. The token alone decides which tenant they act for. */
export function authenticate(verify: VerifyToken): RequestHandler {
  return async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const caller = token && (await verify(token));
    if (!caller) throw new Problem('unauthorized');
    response.locals.caller = caller;
    next();
  };
}

/** The caller that `authenticate` admitted. */
export const callerOf = (response: { locals: Record<string, unknown> }) => response.locals.caller as Caller;
