import { hash, timingSafeEqual } from 'node:crypto';
import { type Caller, scopes, type VerifyToken } from './authenticate.ts';

const digest = (text: string) => hash('sha256', text, 'buffer');

/** Verifies the one token of a laptop: it belongs to one tenant and has all scopes. */
export function verifyLocalToken({ token, tenantId }: { token: string; tenantId: string }): VerifyToken {
  const expected = digest(token);
  const caller: Caller = { id: 'local', tenantId, scopes: new Set(scopes) };
  return async (given) => (timingSafeEqual(digest(given), expected) ? caller : undefined);
}
