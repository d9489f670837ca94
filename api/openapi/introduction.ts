/** What holds for all operations, in the subset of Markdown that `/docs` renders. */
export const introduction = `What an organization spends at OpenAI, by project, model and token category, exact to the last digit.

## Authentication

Send \`Authorization: Bearer TOKEN\` with every request. The token comes from your identity provider: a JWT with the claims \`tenant_id\` and \`scope\`. On a laptop it is the token that \`npm start\` prints. The token alone decides which tenant you see; data of other tenants is not found.

- \`costs:read\` reads costs, usage, names, exports and the state of integrations.
- \`integrations:write\` connects, syncs and disconnects.
- \`budgets:write\` creates, changes and deletes budgets, acknowledges alerts, and sets what is told.
- \`channels:write\` creates, changes, deletes and tests channels.
- \`audit:read\` lists who changed what.
- \`views:write\` saves and deletes views of the page.

## Money and numbers

Amounts are decimal text, such as \`"0.000012500000000001"\`, in the currency that the response names. Sum them as decimals, never as floating-point numbers. Refunds and credits are negative. Quantities are decimal text too, as is every number that can exceed the range of a double.

## Days

Days are UTC days, \`YYYY-MM-DD\`. Ranges are half-open: \`from\` is included, \`to\` is not, so \`from=2026-10-01&to=2026-11-01\` is October. Times are RFC 3339, in UTC.

## Parameters

Repeat a parameter to give it several values: \`model=gpt-5&model=gpt-5-mini\`. Unknown parameters and fields are refused by name, not ignored.

## Problems

Errors are problem details (RFC 9457), \`application/problem+json\`. \`code\` is stable; branch on it. \`detail\` says what to do. \`errors\` points at each field that is not valid. Quote \`request_id\` to support; it is also in the header \`x-request-id\`.

A method that a path does not support is 405, with the supported ones in \`allow\`. OPTIONS lists them without a token. Where the URL and the headers exceed 16 kB together, the response is 431, without a body.

## ETags

Responses computed from the data have an \`etag\`. Send it back as \`If-None-Match\`: while nothing has changed, the response is 304 and costs next to nothing.

## Rate limits

The number of requests a minute is limited for each credential. \`ratelimit-policy\` is the limit; \`ratelimit\` says how many requests are left and when the limit is reset. After a 429 or 503, wait for the number of seconds in \`retry-after\`.

Up to 4 data queries per tenant run concurrently; 60 more queue for at most 15 seconds. Beyond that: 429 \`too_many_at_once\`. Exports: 4 at a time, no queue. A 304 does not count. Changes: 120 a minute per tenant, 50 syncs running. Event streams: 50 per credential.

## Retries

Every request is safe to repeat. Connecting the same key twice is one attempt, and syncing a range that is already being synced is one sync. With an \`idempotency-key\` of your choice a sync runs once, even if you repeat the request after it has ended; another sync with the same key is refused.`;

/** What each group of operations is about, by the first part of their paths. */
export const groups: Readonly<Record<string, string>> = {
  integrations: 'Connected organizations: connect, watch, sync again, disconnect.',
  costs: 'What was spent, summed by the dimensions you choose.',
  usage: 'What was used, in OpenAI’s own metrics.',
  dimensions: 'The values that costs and usage can be filtered by.',
  reconciliation: 'Whether the days add up to OpenAI’s own totals, and which of them OpenAI changed.',
  budgets: 'What months, quarters or years may cost, and whether they will.',
  'anomaly-settings': 'When costs far above what is usual are told.',
  'audit-events': 'Who changed what, and when.',
  alerts: 'What was worth telling, each raised once: budgets reached, anomalies, stopped syncs.',
  channels: 'Where alerts and digests are sent to: webhooks, Slack, e-mail.',
  exports: 'Every row, as a file of any size.',
  limits: 'What the organization may spend at OpenAI, and when that is reached.',
  projects: 'The organization’s projects by name.',
  views: 'Views of the page that everybody of a tenant finds by name.',
  overview: 'How everything of a tenant stands, in one answer for a page.',
  session: 'What a page needs to know about its user.',
};
