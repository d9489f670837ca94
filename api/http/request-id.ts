import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const FROM_OUTSIDE = /^[\w-]{1,64}$/;

/** Names a request in the answer, in problems and in logs: as the caller has named it, else anew. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.set('x-request-id', FROM_OUTSIDE.test(given) ? given : randomUUID());
  next();
};
