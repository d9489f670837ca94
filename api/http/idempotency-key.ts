import type { Request } from 'express';
import { Problem } from '../problem/problem.ts';

const MAX_LENGTH = 255;

/** The header `idempotency-key`; '' if there is none. @throws Problem invalid_request if it is too long */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key') ?? '';
  if (key.length <= MAX_LENGTH) return key;
  const message = `must have at most ${MAX_LENGTH} characters`;
  throw new Problem('invalid_request', { errors: [{ pointer: '/header/idempotency-key', message }] });
}
