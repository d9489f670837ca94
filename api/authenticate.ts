import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { Problem } from './problem.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets the token's bearer in, as the tenant that the token belongs to. Nothing in a request names a tenant. */
export function authenticate({ token, tenantId }: { token: string; tenantId: string }): RequestHandler {
  const expected = digest(token);
  return (request, response, next) => {
    const [, given = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!timingSafeEqual(digest(given), expected)) throw new Problem('unauthorized');
    response.locals.tenantId = tenantId;
    next();
  };
}
