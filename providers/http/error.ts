/** What went wrong, by what a caller can do about it. */
export type ProviderErrorKind =
  | 'key_rejected' // the key is wrong, revoked, or not a key at all
  | 'key_expired'
  | 'scope_missing' // the key is real, but may not read this endpoint
  | 'wrong_region' // the organization is served at another address; `host` where the provider names it
  | 'network_refused' // the organization does not admit the address that this server calls from
  | 'country_unsupported' // the provider does not serve the country that this server calls from
  | 'project_archived' // the lists of an archived project are not read any more
  | 'rate_limited' // retry after `retryAfterMs`
  | 'provider_unavailable' // 5xx, 404, a redirect, a body that is not JSON, network, timeout: not the key's fault
  | 'incomplete_window' // days are missing from the response: retry
  | 'response_too_large'
  | 'malformed_response' // JSON, but not what the API documents
  | 'unreadable_days' // single days cannot be stored as they were sent; the others of the window were read
  | 'bad_request';

const MESSAGES: Record<ProviderErrorKind, string> = {
  key_rejected: 'The provider rejected the API key',
  key_expired: 'The API key has expired',
  scope_missing: 'The API key lacks the permission for this request',
  wrong_region: 'The provider serves this organization at the address of another region',
  network_refused: 'The organization does not admit the network address of this server',
  country_unsupported: 'The provider does not serve the country of this server',
  project_archived: 'The project is archived',
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
  /** The address that the provider refers to: of a known form, so that it can be shown. */
  host?: string | undefined;
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
  readonly host: string | undefined;

  constructor(kind: ProviderErrorKind, { endpoint, status, retryAfterMs, host, detail }: ProviderErrorDetails) {
    const facts = [endpoint, status, host, detail].filter((fact) => fact !== undefined).join(', ');
    super(`${MESSAGES[kind]} (${facts})`);
    this.kind = kind;
    this.endpoint = endpoint;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.host = host;
  }
}
