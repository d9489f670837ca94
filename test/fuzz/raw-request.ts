import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';

export type RawRequest = { method: string; path: string; headers: Record<string, string>; body: Uint8Array };
export type RawResponse = { status: number; type: string; text: string };

const segment = fc.constantFrom(
  ...['costs', 'usage', 'integrations', 'exports', 'projects', 'dimensions', 'openai-sample', 'openai-others', 'days'],
  ...[
    'syncs',
    'attempts',
    'events',
    '..',
    '.',
    '',
    '%',
    '%zz',
    '%00',
    '%2f',
    '%c0%af',
    '%F0%9F%98',
    ';',
    '*',
    '__proto__',
  ],
);
const queryPart = fc.constantFrom(
  ...['from=2026-01-01', 'to=2026-02-01', 'group_by=model', 'limit=1', 'integration_id=openai-others', 'format=csv'],
  ...[
    '=',
    '&&',
    'a[b]=c',
    'a[]=1',
    '__proto__[x]=1',
    '%',
    '%ff',
    'from',
    'from=a=b',
    '?',
    '+',
    'limit=%31',
    'cursor=AAAA',
  ],
);
const header = fc.constantFrom<[string, string]>(
  ['content-type', 'application/json'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-type', 'text/plain'],
  ['content-type', 'multipart/form-data'],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br'],
  ['content-encoding', 'unknown'],
  ['accept', '\xff'],
  ['accept-encoding', 'gzip;q=nonsense'],
  ['if-none-match', '*'],
  ['range', 'bytes=0-1'],
  ['expect', '100-continue'],
  ['x-http-method-override', 'DELETE'],
  ['x-forwarded-for', '\'"'],
);

/** Requests that no client of a description would send. */
export const rawRequest: fc.Arbitrary<RawRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'),
    segments: fc.array(segment, { maxLength: 4 }),
    query: fc.array(queryPart, { maxLength: 5 }),
    headers: fc.array(header, { maxLength: 3 }),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.json().map((json) => new TextEncoder().encode(json)),
    ),
  })
  .map(({ method, segments, query, headers, body }) => ({
    method,
    path: `/v1/${segments.join('/')}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: Object.fromEntries(headers),
    body,
  }));

/** Sends it as it is: fetch would normalize the path, and refuse some headers. */
export async function send(
  url: string,
  token: string,
  { method, path, headers, body }: RawRequest,
): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  const authorization = `Bearer ${token}`;
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method);
  const { promise, resolve, reject } = Promise.withResolvers<RawResponse>();
  const sent = request({ hostname, port, method, path, headers: { ...headers, authorization } }, async (response) => {
    const { statusCode: status = 0, headers: received } = response;
    const type = received['content-type']?.split(';')[0] ?? '';
    // Events do not end: what comes first is enough.
    if (type === 'text/event-stream') response.once('data', () => sent.destroy());
    resolve({ status, type, text: await text(response).catch(() => '') });
  });
  sent.on('error', reject);
  sent.end(hasBody ? body : undefined);
  return promise;
}
