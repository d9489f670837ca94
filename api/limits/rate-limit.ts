import type { Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { callerOf } from '../auth/authenticate.ts';
import { Problem } from '../problem/problem.ts';

/** Limits the requests a minute of each credential. The headers RateLimit and RateLimit-Policy say how many are left. */
export const limitRate = (requestsPerMinute: number) =>
  limitBy('credential', requestsPerMinute, (response) => callerOf(response).id);

/** Connecting 100 organizations one after the other stays below it. */
const CHANGES_A_MINUTE = 120;

/** Limits what a tenant changes a minute, whichever of its credentials does: each change starts work in Temporal. */
export const limitChanges = () => limitBy('changes', CHANGES_A_MINUTE, (response) => callerOf(response).tenantId);

function limitBy(identifier: string, limit: number, keyOf: (response: Response) => string) {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier,
    keyGenerator: (_request, response) => keyOf(response),
    handler: () => {
      throw new Problem('too_many_requests');
    },
  });
}
