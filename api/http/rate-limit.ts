import { rateLimit } from 'express-rate-limit';
import { credentialOf } from '../auth/authenticate.ts';
import { Problem } from '../problem/problem.ts';

/** Each credential may make so many requests a minute; the headers RateLimit and RateLimit-Policy say how many are left. */
export function limitRate(requestsPerMinute: number) {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'credential',
    keyGenerator: (_request, response) => credentialOf(response).id,
    handler: () => {
      throw new Problem('too_many_requests');
    },
  });
}
