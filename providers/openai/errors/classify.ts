import { OpenAiError, type OpenAiErrorKind } from '../../http/error.ts';
import type { Headers } from '../../http/get.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import { type Problem, readProblem } from './error-body.ts';
import { readRefusal } from './refusal.ts';

type Failed = { status: number; headers: Headers; body: string };

/** The typed error for any answer that is not a 200. */
export function failure(endpoint: string, { status, headers, body }: Failed): OpenAiError {
  const problem = readProblem(body);
  const kind = kindOf(status, body, problem);
  return new OpenAiError(kind, {
    endpoint,
    status,
    retryAfterMs: kind === 'rate_limited' || kind === 'provider_unavailable' ? retryAfterMs(headers) : undefined,
    refusal: status === 400 || status === 422 ? readRefusal(problem) : undefined,
  });
}

function kindOf(status: number, body: string, problem: Problem): OpenAiErrorKind {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return keyFault(status, body, problem);
  // 404 outages of /costs have lasted hours; 408 and 425 ask for a later try.
  if (status < 400 || status >= 500 || status === 404 || status === 408 || status === 425) {
    return 'provider_unavailable';
  }
  return 'bad_request';
}

function keyFault(status: number, body: string, { code, message }: Problem): OpenAiErrorKind {
  // A web page is a proxy or a firewall on the way speaking, which knows nothing of the key.
  if (body.trimStart().startsWith('<')) return 'provider_unavailable';
  if (/unsupported_country|ip_not_(authorized|allowed)/.test(code)) return 'bad_request';
  // The code first: the message echoes part of the key, which could hold any word.
  if (code.includes('invalid_api_key')) return 'key_rejected';
  const lacksScope = /insufficient[_ ]permissions?|missing[_ ]scopes?|insufficient[_ ]scope/;
  return status === 403 || lacksScope.test(`${code} ${message}`) ? 'scope_missing' : 'key_rejected';
}
