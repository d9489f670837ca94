/** What went wrong, by what a caller can do about it. */
export type ProviderErrorKind =
  | 'key_rejected' // the key is wrong, revoked, or not a key at all
  | 'scope_missing' // the key is real, but may not read this endpoint
  | 'rate_limited' // retry after `retryAfterMs`
  | 'provider_unavailable' // 5xx, 404, a redirect, a body that is not JSON, network, timeout: not the key's fault
  | 'incomplete_window' // days are missing from the response: retry
  | 'response_too_large'
  | 'malformed_response' // JSON, but not what the API documents
  | 'unreadable_days' // single days cannot be stored as they were sent; the others of the window were read
  | 'bad_request';

const MESSAGES: Record<ProviderErrorKind, string> = {
  key_rejected: 'The provider rejected the API key',
  scope_missing: 'The API key lacks the permission for this request',
  rate_limited: 'The provider limits the rate of requests',
  provider_unavailable: 'The provider is not available',
  incomplete_window: 'Days of the window are missing from the response',
  response_too_large: 'The response is too large',
  malformed_response: 'The response has an unexpected form',
  unreadable_days: 'Days cannot be stored as the provider sent them',
  bad_request: 'The provider refused the request',
};

export type ProviderErrorDetails = {
  /** Path only, e.g. /organization/users */
  endpoint: string;
  status?: number | undefined;
  retryAfterMs?: number | undefined;
  /** Our own words; never text that the provider sent. */
  detail?: string | undefined;
};

/**
 * The only error that a provider's client throws for a failed request. Its message is ours alone and it has no cause:
 * the provider's own text may repeat part of the key.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly endpoint: string;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: ProviderErrorKind, { endpoint, status, retryAfterMs, detail }: ProviderErrorDetails) {
    const facts = [endpoint, status, detail].filter((fact) => fact !== undefined).join(', ');
    super(`${MESSAGES[kind]} (${facts})`);
    this.kind = kind;
    this.endpoint = endpoint;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
