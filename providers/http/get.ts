import { Agent, type Dispatcher, errors, request } from 'undici';
import type { z } from 'zod';
import { failure } from '../openai/errors/classify.ts';
import { OpenAiError } from './error.ts';
import { parseJson } from './json.ts';

export type Headers = Dispatcher.ResponseData['headers'];
export type Credentials = { key: string; signal?: AbortSignal | undefined };

/**
 * One GET, its answer checked against a schema. `longest`, in bytes, is how long the answer may be. Throws OpenAiError,
 * or the signal's reason when it aborts.
 */
export type Get = <Schema extends z.ZodType>(
  endpoint: string,
  params: [name: string, value: string][],
  schema: Schema,
  credentials: Credentials,
  longest?: number,
) => Promise<{ value: z.output<Schema>; headers: Headers }>;

/** About 25,000 rows, which take some 25 times their text in memory; a longer answer is asked for in smaller pages. */
export const LONGEST_PAGE = 8 * 1024 * 1024;
/** A day cannot be asked for in parts. */
export const LONGEST_DAY = 32 * 1024 * 1024;

export function createDispatcher(): Dispatcher {
  return new Agent({
    connect: { timeout: 10_000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    maxResponseSize: LONGEST_DAY,
  });
}

/** Hears of each call that was made: its endpoint as it was asked, and its status, 0 where there was no answer. */
export type OnCall = (endpoint: string, status: number) => void;

export function createGet(baseUrl: string, dispatcher: Dispatcher, onCall: OnCall): Get {
  const base = new URL(baseUrl).href.replace(/\/+$/, '');

  return async (endpoint, params, schema, { key, signal }, longest = LONGEST_PAGE) => {
    // A header that undici cannot write would make it throw an error of its own, with the key in reach.
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw new OpenAiError('key_rejected', { endpoint, detail: 'it is empty or holds characters no key has' });
    }
    const url = `${base}${endpoint}?${new URLSearchParams(params)}`;
    const { status, headers, body } = await receive(url, endpoint, { dispatcher, longest, onCall, key, signal });
    if (status !== 200) throw failure(endpoint, { status, headers, body });

    const parsed = schema.safeParse(parse(body, endpoint, status));
    if (parsed.success) return { value: parsed.data, headers };
    // The path is made of names of ours and of positions; the issue's own text may quote values.
    const path = parsed.error.issues[0]?.path.join('.') || 'the top';
    throw new OpenAiError('malformed_response', { endpoint, status, detail: `at ${path}` });
  };
}

type Reception = Credentials & { dispatcher: Dispatcher; longest: number; onCall: OnCall };

async function receive(url: string, endpoint: string, { dispatcher, longest, onCall, key, signal }: Reception) {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json', 'user-agent': 'pump-openai-costs' };
  try {
    const response = await request(url, { dispatcher, headers, signal });
    const body = await textOf(response.body, longest);
    onCall(endpoint, response.statusCode);
    return { status: response.statusCode, headers: response.headers, body };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    onCall(endpoint, 0);
    throw unreachable(error, endpoint);
  }
}

/** Lets go of the connection as soon as the text is too long. */
async function textOf(body: AsyncIterable<Buffer>, longest: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > longest) throw new errors.ResponseExceededMaxSizeError();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parse(body: string, endpoint: string, status: number): unknown {
  try {
    return parseJson(body);
  } catch {
    throw new OpenAiError('provider_unavailable', { endpoint, status, detail: 'the answer is not JSON' });
  }
}

/** Keeps the runtime's own error code (ECONNREFUSED, UND_ERR_HEADERS_TIMEOUT) and nothing else. */
function unreachable(error: unknown, endpoint: string): OpenAiError {
  const kind = error instanceof errors.ResponseExceededMaxSizeError ? 'response_too_large' : 'provider_unavailable';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new OpenAiError(kind, { endpoint, detail: /^[A-Z][A-Z0-9_]+$/.test(code) ? code : 'no answer' });
}
