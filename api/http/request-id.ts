import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const VALID_ID = /^[\w-]{1,64}$/;

/** Gives each request an id, for its response, problems and logs: the caller's own if it is valid, or else a new one. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.set('x-request-id', VALID_ID.test(given) ? given : randomUUID());
  next();
};
