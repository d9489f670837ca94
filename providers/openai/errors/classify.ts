import { ProviderError, type ProviderErrorKind } from '../../http/error.ts';
import type { TextResponse } from '../../http/response.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import { QueryRefusedError } from '../../reports/query/refusal.ts';
import { readAccessError } from './access-error.ts';
import { readErrorBody } from './error-body.ts';
import { readRefusal } from './refusal.ts';

/** The typed error for any response that is not a 200. `asked`: the host that responded. */
export function classify(endpoint: string, { status, headers, body }: TextResponse, asked: string): ProviderError {
  const error = readErrorBody(body);
  // What is on the way, a proxy or a firewall, can judge neither the query nor the key.
  if (isJudgement(status) && !isOfProvider(status, body)) {
    return new ProviderError('provider_unavailable', { endpoint, status });
  }
  if (status === 400 || status === 422) return new QueryRefusedError(readRefusal(error), { endpoint, status });
  if (status === 401 || status === 403) {
    const { kind, host } = readAccessError(status, error, asked);
    return new ProviderError(kind, { endpoint, status, host });
  }
  const kind = kindOf(status);
  const isPassing = kind === 'rate_limited' || kind === 'provider_unavailable';
  return new ProviderError(kind, { endpoint, status, retryAfterMs: isPassing ? retryAfterMs(headers) : undefined });
}

const isJudgement = (status: number) => [400, 401, 403, 422].includes(status);

/** Of a refused query, OpenAI says why in JSON. Of a refused key, other forms than a page in HTML were seen. */
function isOfProvider(status: number, body: string): boolean {
  const text = body.trim();
  if (status === 401 || status === 403) return !text.startsWith('<');
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function kindOf(status: number): ProviderErrorKind {
  if (status === 429) return 'rate_limited';
  // Outages of /costs that responded 404 have lasted hours; 408 and 425 mean: retry later.
  if (status < 400 || status >= 500 || status === 404 || status === 408 || status === 425) {
    return 'provider_unavailable';
  }
  return 'bad_request';
}
