import { rateLimit } from 'express-rate-limit';
import { callerOf } from '../auth/authenticate.ts';
import { Problem } from '../problem/problem.ts';

/** Limits the requests a minute of each credential. The headers RateLimit and RateLimit-Policy say how many are left. */
export function limitRate(requestsPerMinute: number) {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'credential',
    keyGenerator: (_request, response) => callerOf(response).id,
    handler: () => {
      throw new Problem('too_many_requests');
    },
  });
}
