import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dispatcher } from 'undici';
import { onTestFinished } from 'vitest';
import { createOpenAi, type OpenAi } from '#providers/openai/client.ts';

export const KEY = 'sk-admin-9Qx7-secret-of-the-test-zz81';

export type Call = {
  /** Below /v1 */
  path: string;
  params: URLSearchParams;
  groupBy: string[];
  headers: IncomingHttpHeaders;
  method: string;
  /** Position among all calls, from 0. */
  index: number;
};
type Reply = { status?: number; headers?: Record<string, string>; body?: unknown };
type Provider = { openai: OpenAi; calls: Call[]; baseUrl: string };

/** Starts a real HTTP server and a client of it, which both end with the test. A body of text is sent unchanged. */
export async function provider(
  respond: (call: Call, response: ServerResponse) => Reply | undefined,
  dispatcher?: Dispatcher,
): Promise<Provider> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://host');
    const { searchParams: params } = url;
    const call: Call = {
      path: url.pathname.replace(/^\/v1/, ''),
      params,
      groupBy: params.getAll('group_by[]'),
      headers: request.headers,
      method: request.method ?? '',
      index: calls.length,
    };
    calls.push(call);
    const reply = respond(call, response);
    if (!reply) return; // the test writes the response itself
    const { status = 200, headers, body = '' } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const openai = createOpenAi({ baseUrl, ...(dispatcher && { dispatcher }) });
  onTestFinished(async () => {
    server.closeAllConnections();
    await openai.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return { openai, calls, baseUrl };
}

/** A 400 as OpenAI writes it. */
export function refusal(message: string, error: { param?: string; code?: string } = {}): Reply {
  return { status: 400, body: { error: { message, type: 'invalid_request_error', ...error } } };
}
