/** Headers of answers, once for all operations. */
export const headers = {
  'x-request-id': {
    description: 'Names the request: tell it where something went wrong',
    required: true,
    schema: text(),
  },
  ratelimit: {
    description: 'How many requests are left, and the seconds until they are new',
    schema: text(),
    example: '"credential"; r=5999; t=60',
  },
  'ratelimit-policy': {
    description: 'How many requests a credential may make in how many seconds',
    schema: text(),
    example: '"credential"; q=6000; w=60',
  },
  'retry-after': { description: 'Seconds to wait', required: true, schema: { type: 'integer' as const, minimum: 0 } },
  'www-authenticate': { description: 'How to authenticate', required: true, schema: text() },
  location: { description: 'Where to look next', required: true, schema: text() },
  etag: { description: 'Send it back as If-None-Match', required: true, schema: text() },
  'content-disposition': { description: 'The name of the file', required: true, schema: text() },
};

type HeaderName = keyof typeof headers;

function text() {
  return { type: 'string' as const };
}

/** Those that an answer of this status has. */
export function headersOf(status: number, { cached = false, file = false } = {}) {
  const names: HeaderName[] = ['x-request-id'];
  if (status === 401) names.push('www-authenticate');
  else names.push('ratelimit', 'ratelimit-policy');
  if (status === 201 || status === 202) names.push('location');
  if (status === 429 || status === 503) names.push('retry-after');
  if (cached && (status === 200 || status === 304)) names.push('etag');
  if (file && status === 200) names.push('content-disposition');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` as const }]));
}
