import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';

export const scopes = ['costs:read', 'integrations:write'] as const;
export type Scope = (typeof scopes)[number];

/** Who asks: `id` tells credentials of one tenant apart and says nothing of the token. */
export type Credential = {
  id: string;
  tenantId: string;
  scopes: ReadonlySet<string>;
  /** Unix milliseconds. */
  expiresAt?: number;
};

/** @returns undefined for a token that is not good; throws where that cannot be found out */
export type VerifyToken = (token: string) => Promise<Credential | undefined>;

/** Lets a good token's bearer in, as the tenant that the token belongs to. Nothing else in a request names a tenant. */
export function authenticate(verify: VerifyToken): RequestHandler {
  return async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const credential = token && (await verify(token));
    if (!credential) throw new Problem('unauthorized');
    response.locals.credential = credential;
    next();
  };
}

export const credentialOf = (response: { locals: Record<string, unknown> }) => response.locals.credential as Credential;
