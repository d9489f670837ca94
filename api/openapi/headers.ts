/** The headers of responses, described once for all operations. */
export const headers = {
  'x-request-id': {
    description: 'Identifies the request; quote it to support',
    required: true,
    schema: text(),
  },
  ratelimit: {
    description: 'How many requests are left, and the seconds until the limit is reset',
    schema: text(),
    example: '"credential"; r=5999; t=60',
  },
  'ratelimit-policy': {
    description: 'How many requests each credential may make in how many seconds',
    schema: text(),
    example: '"credential"; q=6000; w=60',
  },
  'retry-after': {
    description: 'Seconds to wait before a retry',
    required: true,
    schema: { type: 'integer' as const, minimum: 0 },
  },
  'www-authenticate': { description: 'The authentication scheme', required: true, schema: text() },
  location: { description: 'The path of the resource', required: true, schema: text() },
  etag: { description: 'Identifies this response; send it as If-None-Match', required: true, schema: text() },
  'content-disposition': { description: 'The name of the file', required: true, schema: text() },
};

type HeaderName = keyof typeof headers;

function text() {
  return { type: 'string' as const };
}

/** The headers of a response with this status. */
export function headersOf(status: number, { isConditional = false, file = false } = {}) {
  const names: HeaderName[] = ['x-request-id'];
  if (status === 401) names.push('www-authenticate');
  else names.push('ratelimit', 'ratelimit-policy');
  if (status === 201 || status === 202) names.push('location');
  if (status === 429 || status === 503) names.push('retry-after');
  if (isConditional && (status === 200 || status === 304)) names.push('etag');
  if (file && status === 200) names.push('content-disposition');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` as const }]));
}
