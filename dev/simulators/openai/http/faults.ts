import { randomFrom } from '../arithmetic/random.ts';
import { missingScope } from './keys.ts';
import type { Knobs } from './knobs.ts';
import { takeReply } from './replies.ts';
import { json, Refusal, refusal, type SimulatedResponse } from './response.ts';

/** A status, or `disconnect`: the connection is closed without a response. */
export type Failure = number | 'disconnect';

export interface Faults {
  /** Makes the next `times` requests fail; with `path`, only requests below that path (without /v1). */
  failNext(times: number, failure: Failure, path?: string): void;
  /** The fault of this request, or undefined if it has none. `path` is without /v1. */
  next(path: string): SimulatedResponse | undefined;
}

/** Decides which requests fail. The same seed and the same requests in the same order fail alike. */
export function createFaults(seed: string, knobs: Knobs): Faults {
  const random = randomFrom(`${seed}/faults`);
  const planned: Array<{ times: number; failure: Failure; path: string }> = [];
  let limited = 0;
  let broken = 0;

  function respond(failure: Failure): SimulatedResponse {
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
      const reply = takeReply(knobs.replies, path);
      if (reply) return reply;
      const plan = planned.find((candidate) => candidate.times > 0 && path.startsWith(candidate.path));
      if (plan) {
        plan.times -= 1;
        return respond(plan.failure);
      }
      const down = Object.hasOwn(knobs.down, path) ? knobs.down[path] : undefined;
      if (down === 404 || (knobs.outage && path === '/organization/costs')) {
        return json({ error: { message: 'Not found', type: 'invalid_request_error', param: null, code: null } }, 404);
      }
      if (down === 403) return refusal(missingScope('api.usage.read', 403), knobs.bareErrors);
      if (down !== undefined) return respond(down);
      const dice = random();
      if (dice < knobs.rate429) return respond(429);
      if (dice < knobs.rate429 + knobs.rate5xx) return respond([500, 502, 503][broken++ % 3] ?? 500);
      return undefined;
    },
  };
}

/** 429 with Retry-After in seconds, as an HTTP date, absent, and as retry-after-ms, in turn. */
function tooMany(turn: number, { retryAfterSeconds, bareErrors }: Knobs): SimulatedResponse {
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
