import express, { type RequestHandler } from 'express';
import type { z } from 'zod';
import { limitBody, MAX_BODY_BYTES } from '../limits/unread-body.ts';
import { Problem } from '../problem/problem.ts';

const parseJson = limitBody(express.json({ limit: MAX_BODY_BYTES }));

/** Parses a JSON body where a route has a schema for one, and refuses any body where it has none. */
export function requireBody(schema: z.ZodType | undefined): RequestHandler[] {
  return schema ? [requireJson, parseJson] : [refuseBody];
}

/** Express would ignore a body of another type, and its fields would be reported as missing. */
const requireJson: RequestHandler = (request, _response, next) => {
  const type = request.is('application/json');
  if (type) return next();
  throw new Problem(type === null ? 'invalid_json' : 'unsupported_media_type');
};

const refuseBody: RequestHandler = (request, _response, next) => {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (length === '0' && !encoding) return next();
  throw new Problem('invalid_request', { errors: [{ pointer: '', message: 'must be empty' }] });
};
