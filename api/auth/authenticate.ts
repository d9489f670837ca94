import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import { addressOf } from './address.ts';
import { countWrongTokens } from './wrong-tokens.ts';

export const scopes = [
  'costs:read',
  'integrations:write',
  'budgets:write',
  'channels:write',
  'views:write',
  'audit:read',
] as const;
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

/**
 * Admits callers that present a valid token. The token alone decides which tenant they act for. An address that tries
 * many wrong ones has to wait.
 */
export function authenticate(verify: VerifyToken): RequestHandler {
  const tried = countWrongTokens();
  return async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) throw new Problem('unauthorized');
    const address = addressOf(request);
    const seconds = await tried.secondsToWait(address, token);
    if (seconds > 0) {
      response.set('retry-after', String(seconds));
      throw new Problem('too_many_requests', { detail: 'Too many wrong tokens came from this address.' });
    }
    const caller = await verify(token);
    if (!caller) {
      await tried.wasWrong(address);
      throw new Problem('unauthorized');
    }
    tried.wasRight(token);
    response.locals.caller = caller;
    next();
  };
}

/** The caller that `authenticate` admitted. */
export const callerOf = (response: { locals: Record<string, unknown> }) => response.locals.caller as Caller;
