import { ProviderError, type ProviderErrorKind } from '../../http/error.ts';
import type { TextResponse } from '../../http/response.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import { QueryRefusedError } from '../../reports/refusal.ts';
import { type ErrorBody, readErrorBody } from './error-body.ts';
import { readRefusal } from './refusal.ts';

/** The typed error for any response that is not a 200. */
export function classify(endpoint: string, { status, headers, body }: TextResponse): ProviderError {
  const error = readErrorBody(body);
  if (status === 400 || status === 422) return new QueryRefusedError(readRefusal(error), { endpoint, status });
  const kind = kindOf(status, body, error);
  const isPassing = kind === 'rate_limited' || kind === 'provider_unavailable';
  return new ProviderError(kind, { endpoint, status, retryAfterMs: isPassing ? retryAfterMs(headers) : undefined });
}

function kindOf(status: number, body: string, error: ErrorBody): ProviderErrorKind {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return keyFault(status, body, error);
  // Outages of /costs that responded 404 have lasted hours; 408 and 425 mean: retry later.
  if (status < 400 || status >= 500 || status === 404 || status === 408 || status === 425) {
    return 'provider_unavailable';
  }
  return 'bad_request';
}

function keyFault(status: number, body: string, { code, message }: ErrorBody): ProviderErrorKind {
  // An HTML page comes from a proxy or a firewall on the way, which cannot judge the key.
  if (body.trimStart().startsWith('<')) return 'provider_unavailable';
  if (/unsupported_country|ip_not_(authorized|allowed)/.test(code)) return 'bad_request';
  // The code comes first: the message repeats part of the key, which could hold any word.
  if (code.includes('invalid_api_key')) return 'key_rejected';
  const lacksScope = /insufficient[_ ]permissions?|missing[_ ]scopes?|insufficient[_ ]scope/;
  return status === 403 || lacksScope.test(`${code} ${message}`) ? 'scope_missing' : 'key_rejected';
}
