import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedResponse } from './response.ts';

export interface SimulatedRequest {
  method: string;
  path: string;
  query: string;
  /** 0 while the request waits, and if it got no response. */
  status: number;
}

export interface Handlers {
  /** The delay of each response. */
  latencyMs(): number;
  openai(request: IncomingMessage, url: URL): SimulatedResponse;
  /** Requests below this path are not OpenAI's: they are neither recorded nor delayed. */
  controlPath: string;
  control(request: IncomingMessage, url: URL): Promise<SimulatedResponse>;
}

export interface HttpServer {
  port: number;
  /** Every request but those to the control path, in order. */
  requests: SimulatedRequest[];
  /** Responds to no such request that comes from now on, until the function that it returns is called. */
  hold(isHeld: (request: SimulatedRequest) => boolean): () => void;
  close(): Promise<void>;
}

/** Listens on loopback; port 0 takes a free one. */
export async function listen(port: number, handlers: Handlers): Promise<HttpServer> {
  const requests: SimulatedRequest[] = [];
  let held: { isHeld: (request: SimulatedRequest) => boolean; released: Promise<void> } | undefined;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith(handlers.controlPath)) {
      send(response, await handlers.control(request, url));
      return;
    }
    const record = { method: request.method ?? '', path: url.pathname, query: url.search.slice(1), status: 0 };
    const id = requests.push(record);
    if (held?.isHeld(record)) await held.released;
    if (handlers.latencyMs() > 0) await delay(handlers.latencyMs(), undefined, { ref: false });
    const simulated = handlers.openai(request, url);
    record.status = simulated.status;
    send(response, simulated, {
      'openai-version': '2020-10-01',
      'x-request-id': `req_${String(id).padStart(32, '0')}`,
    });
  });
  // Longer than clients keep an idle connection; otherwise both sides may close it at the same moment.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    hold(isHeld) {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const now = { isHeld, released };
      held = now;
      return () => {
        if (held === now) held = undefined;
        release();
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, simulated: SimulatedResponse, headers: Record<string, string> = {}): void {
  if (simulated.cut) {
    response.destroy();
    return;
  }
  response.writeHead(simulated.status, { 'content-type': 'application/json', ...headers, ...simulated.headers });
  response.end(simulated.body);
}
