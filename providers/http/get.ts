import { SpanKind } from '@opentelemetry/api';
import { Agent, type Dispatcher, errors, request } from 'undici';
import type { z } from 'zod';
import { inSpan, markFailed } from '#tracing/span.ts';
import { endpointPattern } from './endpoint-pattern.ts';
import { ProviderError } from './error.ts';
import { inTurn } from './in-turn.ts';
import { readJson } from './json.ts';
import type { Region } from './region.ts';
import type { ResponseHeaders, TextResponse } from './response.ts';

export type RequestOptions = { key: string; signal?: AbortSignal | undefined; region?: Region | undefined };

/**
 * One GET whose response is checked against a schema. A body of more than `maxBytes` is a `response_too_large`.
 * Throws ProviderError, or the signal's reason when it aborts.
 */
export type Get = <Schema extends z.ZodType>(
  endpoint: string,
  params: [name: string, value: string][],
  schema: Schema,
  options: RequestOptions,
  maxBytes?: number,
) => Promise<{ value: z.output<Schema>; headers: ResponseHeaders }>;

/** About 25,000 rows of a report, which take some 25 times their text in memory. */
export const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;
/** No response may be longer, whatever a request allows. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** What takes longer to be parsed than a millisecond. */
const LONG_TEXT = 32 * 1024;

export function createDispatcher(): Dispatcher {
  return new Agent({
    connect: { timeout: 10_000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    maxResponseSize: MAX_BYTES,
  });
}

/** Called after each request with its endpoint and the status of the response, 0 where there was none. */
export type OnCall = (endpoint: string, status: number) => void;

/** How to reach one provider: its address, how it takes a key, and what its failures mean. */
export type Connection = {
  baseUrl: string;
  dispatcher: Dispatcher;
  onCall: OnCall;
  /** The headers that a request with this key needs. */
  headersOf(key: string): Record<string, string>;
  /** The address at a host that the provider refers to. Throws RangeError where the host is none of the provider's. */
  regionalUrl(host: string): string;
  /** The typed error for a response that is not a 200. `asked`: the host that responded. */
  classify(endpoint: string, response: TextResponse, asked: string): ProviderError;
};

export function createGet(connection: Connection): Get {
  const configured = new URL(connection.baseUrl).href.replace(/\/+$/, '');

  return async (endpoint, params, schema, options, maxBytes = DEFAULT_MAX_BYTES) => {
    // undici would throw an error of its own for a header that it cannot write, and that error would hold the key.
    if (!/^[\x21-\x7e]+$/.test(options.key)) {
      throw new ProviderError('key_rejected', { endpoint, detail: 'it is empty or holds characters no key has' });
    }
    const receiveFrom = (base: string) => {
      const url = `${base}${endpoint}?${new URLSearchParams(params)}`;
      return receive(connection, { url, endpoint, maxBytes, ...options });
    };
    const errorFrom = (base: string, response: TextResponse) =>
      connection.classify(endpoint, response, new URL(base).host);
    const { region } = options;
    const baseOf = (host: string | undefined) => (host ? connection.regionalUrl(host) : configured);
    const base = baseOf(region?.host);
    let response = await receiveFrom(base);
    if (response.status !== 200) {
      const error = errorFrom(base, response);
      const host = error.kind === 'wrong_region' ? (error.host ?? '') : undefined;
      if (!region || host === undefined || host === region.host) throw error;
      response = await receiveFrom(baseOf(host));
      if (response.status !== 200) throw errorFrom(baseOf(host), response);
      region.host = host;
    }
    const { status, headers, body } = response;

    const read = () => schema.safeParse(parseJson(body, { endpoint, status }));
    const parsed = body.length < LONG_TEXT ? read() : await inTurn(read);
    if (parsed.success) return { value: parsed.data, headers };
    // The path holds only our own names and positions; the issue's own text may quote values.
    const path = parsed.error.issues[0]?.path.join('.') || 'the top';
    throw new ProviderError('malformed_response', { endpoint, status, detail: `at ${path}` });
  };
}

type Call = RequestOptions & { url: string; endpoint: string; maxBytes: number };

/** The request as a span, by the pattern of its path. The provider does not learn of the trace. */
function receive(connection: Connection, call: Call): Promise<TextResponse> {
  const pattern = endpointPattern(call.endpoint);
  const attributes = {
    'http.request.method': 'GET',
    'server.address': new URL(call.url).host,
    'url.template': pattern,
  };
  return inSpan(`GET ${pattern}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const response = await send(connection, call);
    span.setAttribute('http.response.status_code', response.status);
    if (response.status >= 400) markFailed(span, String(response.status));
    return response;
  });
}

async function send(connection: Connection, { url, endpoint, maxBytes, key, signal }: Call): Promise<TextResponse> {
  const { dispatcher, headersOf, onCall } = connection;
  try {
    const headers = { accept: 'application/json', ...headersOf(key) };
    const response = await request(url, { dispatcher, headers, signal });
    const body = await readText(response, maxBytes);
    onCall(endpoint, response.statusCode);
    return { status: response.statusCode, headers: response.headers, body };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    onCall(endpoint, 0);
    throw unreachable(error, endpoint);
  }
}

/** Drops the connection as soon as the text is known to be too long. */
async function readText({ headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<string> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    body.destroy();
    throw new errors.ResponseExceededMaxSizeError();
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new errors.ResponseExceededMaxSizeError();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parseJson(body: string, about: { endpoint: string; status: number }): unknown {
  try {
    return readJson(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ProviderError('provider_unavailable', { ...about, detail: 'the response is not JSON' });
  }
}

/** Keeps the runtime's own error code (ECONNREFUSED, UND_ERR_HEADERS_TIMEOUT) and nothing else. */
function unreachable(error: unknown, endpoint: string): ProviderError {
  const kind = error instanceof errors.ResponseExceededMaxSizeError ? 'response_too_large' : 'provider_unavailable';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new ProviderError(kind, { endpoint, detail: /^[A-Z][A-Z0-9_]+$/.test(code) ? code : 'no response' });
}
