/** Every problem that the API responds with. `remedy` tells the caller what to do next. */
export const problems = {
  invalid_request: {
    status: 400,
    title: 'The request is not valid',
    remedy: 'Correct the fields listed in `errors` and retry.',
  },
  invalid_json: { status: 400, title: 'The body is not valid JSON', remedy: 'Send one JSON object.' },
  unauthorized: {
    status: 401,
    title: 'The bearer token is missing, invalid or expired',
    remedy: 'Send Authorization: Bearer with a valid token.',
  },
  insufficient_scope: {
    status: 403,
    title: 'The token lacks the required scope',
    remedy: 'Use a token that has the scope.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    remedy: 'Check the path and the id. Ids of other tenants are not found either.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The path does not support this method',
    remedy: 'Use one of the methods in the header `allow`.',
  },
  action_required: {
    status: 409,
    title: 'The integration has no key',
    remedy: 'It was disconnected. Connect the organization with an Admin key first.',
  },
  organization_unclear: {
    status: 409,
    title: 'An organization of this name is connected already',
    remedy:
      'OpenAI does not say whether this key belongs to it. Send the key again with `integration_id`: the id of that integration to replace its key, or `new` if this is another organization.',
  },
  organization_differs: {
    status: 409,
    title: 'This key belongs to another organization',
    remedy:
      'It cannot replace the key of that integration. Send it without `integration_id` to connect its own organization.',
  },
  credential_missing: {
    status: 409,
    title: 'The key is no longer stored',
    remedy: 'The organization was disconnected, or its key was replaced. Connect again with the Admin key.',
  },
  change_interrupted: {
    status: 409,
    title: 'The change did not run to its end',
    remedy:
      'Send the request again: it continues where the change ended. If this repeats, see the workflow in Temporal.',
  },
  too_many_budgets: {
    status: 409,
    title: 'There are 50 budgets already',
    remedy: 'Delete a budget that you no longer need.',
  },
  too_many_channels: {
    status: 409,
    title: 'There are 20 channels already',
    remedy: 'Delete a channel that you no longer need.',
  },
  too_many_views: {
    status: 409,
    title: 'There are 200 saved views already',
    remedy: 'Delete a view that you no longer need.',
  },
  mixed_currencies: {
    status: 409,
    title: 'The range holds several currencies',
    remedy: 'Filter with `currency=`, or group with `group_by=currency`.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    remedy: 'Send at most 16 kB. An Admin key fits in one.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not supported',
    remedy: 'Send JSON in UTF-8 with `content-type: application/json`, plain or compressed with gzip, deflate or br.',
  },
  not_an_admin_key: {
    status: 422,
    title: 'This is not an OpenAI Admin key',
    remedy:
      'An Admin key starts with sk-admin-. An Organization Owner creates it in OpenAI under Organization → API keys → Admin keys.',
  },
  key_rejected: {
    status: 422,
    title: 'OpenAI rejects this key',
    remedy: 'It was revoked, or not copied completely. Create a new Admin key and connect with it.',
  },
  key_expired: {
    status: 422,
    title: 'This key has expired',
    remedy: 'Create a new Admin key and connect with it.',
  },
  wrong_region: {
    status: 422,
    title: 'OpenAI serves this organization from another region',
    remedy:
      'The key is not at fault: do not create another one. Set OPENAI_BASE_URL of the workers to the address of the organization’s region, such as https://eu.api.openai.com/v1.',
  },
  network_refused: {
    status: 422,
    title: 'OpenAI does not admit this server’s network',
    remedy:
      'The key is not at fault. The organization has an IP allow-list: add the address from which the workers call OpenAI.',
  },
  country_unsupported: {
    status: 422,
    title: 'OpenAI does not serve the country of this server',
    remedy:
      'The key is not at fault. Run the workers, or their outgoing connection, in a country that OpenAI supports.',
  },
  key_unreadable: {
    status: 422,
    title: 'The stored key cannot be opened',
    remedy:
      'The key is not at fault: do not create another one. The workers lack the private key that it was sealed for. Give it to them as SEALING_PRIVATE_KEY, or in SEALING_PRIVATE_KEY_PREVIOUS after a rotation.',
  },
  scope_missing: {
    status: 422,
    title: 'This key may not read costs',
    remedy: 'Create the Admin key with all permissions, or with read access to usage (api.usage.read).',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The idempotency key belongs to another request',
    remedy: 'Send a new `idempotency-key` with each new request.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait for the number of seconds in retry-after.',
  },
  too_many_at_once: {
    status: 429,
    title: 'Too many concurrent requests',
    remedy: 'Retry after the number of seconds in retry-after, with fewer requests at the same time.',
  },
  too_slow: {
    status: 503,
    title: 'The query takes too much time or memory',
    remedy: 'Request fewer days or fewer groups.',
  },
  warehouse_busy: {
    status: 503,
    title: 'The warehouse is overloaded',
    remedy: 'Retry in a moment, with fewer requests at the same time.',
  },
  identity_unavailable: { status: 503, title: 'Tokens cannot be verified now', remedy: 'Retry in a moment.' },
  provider_unavailable: {
    status: 503,
    title: 'OpenAI does not respond',
    remedy: 'This says nothing about the key. Retry in a few minutes.',
  },
  warehouse_unavailable: {
    status: 503,
    title: 'The warehouse does not respond',
    remedy: 'No data is lost. Retry in a moment.',
  },
  temporal_unavailable: {
    status: 503,
    title: 'The workflow service does not respond',
    remedy: 'No data is lost. Retry in a moment.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong on our side',
    remedy: 'Retry. If the problem persists, quote request_id to support.',
  },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>;

export type ProblemCode = keyof typeof problems;

/** A code with its title and remedy, as fields of a response. */
export const describeProblem = (code: ProblemCode) => ({
  code,
  title: problems[code].title,
  detail: problems[code].remedy,
});
