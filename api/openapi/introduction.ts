/** What holds for every operation: the head of the description, in the few forms of Markdown that `/docs` renders. */
export const introduction = `What an organization spends at OpenAI, by project, model and token category, exact to the last digit.

## Authentication

Send \`Authorization: Bearer TOKEN\` with every request. The token is one of your identity provider (a JWT with the claims \`tenant_id\` and \`scope\`); on a laptop it is the one that \`npm start\` prints. It names the tenant: nothing else in a request does, and what belongs to another tenant is not found.

- \`costs:read\` reads costs, usage, names, exports and the state of integrations.
- \`integrations:write\` connects, syncs and disconnects.

## Money and numbers

Amounts are decimal text, as \`"0.000012500000000001"\`, in the currency that the answer names: sum them as decimals, never as floating-point numbers. They are negative where OpenAI gave something back. Quantities are decimal text, too, and everything else that can outgrow a double.

## Days

Days are UTC days, \`YYYY-MM-DD\`. Ranges are half-open: \`from\` is in, \`to\` is not, so \`from=2026-10-01&to=2026-11-01\` is October. Times are RFC 3339, in UTC.

## Parameters

A parameter that takes several values is repeated: \`model=gpt-5&model=gpt-5-mini\`. A parameter or a field that is not known here is refused by its name, rather than passed over.

## Problems

What is not an answer is a problem (RFC 9457), \`application/problem+json\`, with a \`code\` that stays as it is, so that programs can decide by it, a \`detail\` that says what to do, and the \`request_id\`, which is in the header \`x-request-id\` too. \`errors\` points at each field that is not valid. A method that a path does not have is 405, with those that it has in \`allow\`; OPTIONS tells them without a token.

## Freshness and ETags

Answers that are made of the data carry an \`etag\`. Send it back as \`If-None-Match\`: as long as nothing has changed, the answer is 304, and costs next to nothing.

## Rate limits

Each credential may make so many requests a minute. \`ratelimit-policy\` says how many, \`ratelimit\` how many are left and when they are new; a 429 says in \`retry-after\` how long to wait, as does a 503.

Of one tenant, four questions about the data are worked on at once and sixty more wait for their turn, up to 15 seconds; what is asked beyond that is 429, \`too_many_at_once\`. Four exports run at once, and none waits. An answer that has not changed (304) counts for nothing.

## Repeating a request

Every GET may be repeated. So may every POST and DELETE: a key that is being checked is checked once, a sync of a range that runs already is the same sync. With an \`idempotency-key\` that you chose, a sync that is asked for again is done once, even after it has ended, and another one under the same key is refused.`;

/** What each group of operations is about; named as the first part of their paths. */
export const groups: Readonly<Record<string, string>> = {
  integrations: 'Connected organizations: connect, watch, sync again, disconnect.',
  costs: 'What was spent, summed by what is asked for.',
  usage: 'What was used, by OpenAI’s own metrics.',
  dimensions: 'The values that costs can be filtered by.',
  exports: 'Every row, as a file of any size.',
  projects: 'The organization’s projects by name.',
  session: 'What a page has to know of who looks at it.',
};
