import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './response.ts';

export interface SimulatedRequest {
  method: string;
  path: string;
  query: string;
  /** 0 while it waits, and when it got no answer. */
  status: number;
}

export interface Handlers {
  /** How long an answer takes. */
  latencyMs(): number;
  openai(request: IncomingMessage, url: URL): Answer;
  /** Paths that begin with `controlPath` are not OpenAI's: not recorded, not delayed. */
  controlPath: string;
  control(request: IncomingMessage, url: URL): Promise<Answer>;
}

export interface HttpServer {
  port: number;
  /** Every request but those to the control path, in order. */
  requests: SimulatedRequest[];
  close(): Promise<void>;
}

/** Listens on loopback; port 0 takes a free one. */
export async function listen(port: number, handlers: Handlers): Promise<HttpServer> {
  const requests: SimulatedRequest[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith(handlers.controlPath)) {
      send(response, await handlers.control(request, url));
      return;
    }
    const record = { method: request.method ?? '', path: url.pathname, query: url.search.slice(1), status: 0 };
    const id = requests.push(record);
    if (handlers.latencyMs() > 0) await delay(handlers.latencyMs(), undefined, { ref: false });
    const answer = handlers.openai(request, url);
    record.status = answer.status;
    send(response, answer, { 'openai-version': '2020-10-01', 'x-request-id': `req_${String(id).padStart(32, '0')}` });
  });
  // Longer than any client keeps an idle connection: otherwise the two sides may close it at the same moment.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string> = {}): void {
  if (answer.cut) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...headers, ...answer.headers });
  response.end(answer.body);
}
