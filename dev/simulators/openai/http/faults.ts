import { randomFrom } from '../arithmetic/random.ts';
import { missingScope } from './keys.ts';
import type { Knobs } from './knobs.ts';
import { type Answer, json, Refusal, refusal } from './response.ts';

/** A status, or `disconnect`: the connection is closed without an answer. */
export type Failure = number | 'disconnect';

export interface Faults {
  /** The next `times` requests fail; with `path` only those whose path (without /v1) begins with it. */
  failNext(times: number, failure: Failure, path?: string): void;
  /** How this request goes wrong, or undefined when it does not. `path` is without /v1. */
  next(path: string): Answer | undefined;
}

/** Decides which requests fail. The same seed and the same requests in the same order fail alike. */
export function createFaults(seed: string, knobs: Knobs): Faults {
  const random = randomFrom(`${seed}/faults`);
  const planned: Array<{ times: number; failure: Failure; path: string }> = [];
  let limited = 0;
  let broken = 0;

  function answer(failure: Failure): Answer {
    if (failure === 'disconnect') return { status: 0, body: '', cut: true };
    if (failure === 429) return tooMany(limited++, knobs);
    if (failure === 502) return { status: 502, body: badGateway, headers: { 'content-type': 'text/html' } };
    if (failure >= 300 && failure < 400) {
      return { status: failure, body: '', headers: { location: '/v1/organization/costs/elsewhere' } };
    }
    const message = `The server had an error while processing your request (${failure}). Sorry about that!`;
    return refusal(new Refusal(failure, message, { type: 'server_error' }), knobs.bareErrors);
  }

  return {
    failNext: (times, failure, path = '') => void planned.push({ times, failure, path }),
    next(path) {
      const plan = planned.find((candidate) => candidate.times > 0 && path.startsWith(candidate.path));
      if (plan) {
        plan.times -= 1;
        return answer(plan.failure);
      }
      const down = Object.hasOwn(knobs.down, path) ? knobs.down[path] : undefined;
      if (down === 404 || (knobs.outage && path === '/organization/costs')) {
        return json({ error: { message: 'Not found', type: 'invalid_request_error', param: null, code: null } }, 404);
      }
      if (down === 403) return refusal(missingScope('api.usage.read', 403), knobs.bareErrors);
      if (down !== undefined) return answer(down);
      const dice = random();
      if (dice < knobs.rate429) return answer(429);
      if (dice < knobs.rate429 + knobs.rate5xx) return answer([500, 502, 503][broken++ % 3] ?? 500);
      return undefined;
    },
  };
}

/** 429 with Retry-After in seconds, as an HTTP date, absent, and as retry-after-ms, in turn. */
function tooMany(turn: number, { retryAfterSeconds, bareErrors }: Knobs): Answer {
  const headers: Array<Record<string, string>> = [
    { 'retry-after': String(retryAfterSeconds) },
    { 'retry-after': new Date(Date.now() + retryAfterSeconds * 1000).toUTCString() },
    {},
    { 'retry-after-ms': String(retryAfterSeconds * 1000) },
  ];
  const error = new Refusal(429, 'Rate limit reached for requests. Please try again later.', {
    type: 'requests',
    code: 'rate_limit_exceeded',
  });
  return { ...refusal(error, bareErrors), headers: headers[turn % headers.length] ?? {} };
}

const badGateway = `<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>cloudflare</center></body>
</html>
`;
