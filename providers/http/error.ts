import type { Refusal } from '../openai/errors/refusal.ts';

/** What went wrong, as far as a caller can act on it. */
export type OpenAiErrorKind =
  | 'key_rejected' // the key is wrong, revoked, or not a key at all
  | 'scope_missing' // the key is real, but may not read costs (a project key, a restricted admin key)
  | 'rate_limited' // ask again after `retryAfterMs`
  | 'provider_unavailable' // 5xx, 404, a redirect, something that is not JSON, network, timeout: not the key's fault
  | 'incomplete_window' // the answer lacks days that it should have: ask again
  | 'response_too_large'
  | 'malformed_response' // JSON, but not what the API promises
  | 'bad_request';

const MESSAGES: Record<OpenAiErrorKind, string> = {
  key_rejected: 'OpenAI rejected the API key',
  scope_missing: 'The API key lacks the permission for this request',
  rate_limited: 'OpenAI asks to slow down',
  provider_unavailable: 'OpenAI is not available',
  incomplete_window: 'The answer of OpenAI lacks days of the window',
  response_too_large: 'The answer of OpenAI is too large',
  malformed_response: 'The answer of OpenAI has an unexpected form',
  bad_request: 'OpenAI refused the request',
};

type Details = {
  endpoint: string;
  status?: number | undefined;
  retryAfterMs?: number | undefined;
  refusal?: Refusal | undefined;
  /** Our own words; never text that came from the other side. */
  detail?: string | undefined;
};

/**
 * The only error that the client throws for what the other side does. Its message is ours alone and it has no cause:
 * upstream text may echo part of the key.
 */
export class OpenAiError extends Error {
  override readonly name = 'OpenAiError';
  readonly kind: OpenAiErrorKind;
  /** Path only, e.g. /organization/costs */
  readonly endpoint: string;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** What was wrong with the question, after a 400: another one may do. */
  readonly refusal: Refusal | undefined;

  constructor(kind: OpenAiErrorKind, { endpoint, status, retryAfterMs, refusal, detail }: Details) {
    const facts = [endpoint, status, detail].filter((fact) => fact !== undefined).join(', ');
    super(`${MESSAGES[kind]} (${facts})`);
    this.kind = kind;
    this.endpoint = endpoint;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.refusal = refusal;
  }
}
