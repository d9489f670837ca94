import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** How many connections of one address may be without a whole request head at once, and how long one may take for it. */
const HALF_REQUESTS = 100;
const HEAD_MS = 10_000;
/** A body has at most 16 kB. */
const REQUEST_MS = 30_000;
/** Longer than load balancers keep an idle connection, so that they never send a request on one that is being closed. */
const KEEP_ALIVE_MS = 75_000;

/** An HTTP server that half requests do not hold up. */
export function createApiServer(listener: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: HEAD_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: HEAD_MS / 4,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    listener,
  );
  const half = new Map<string, Set<Socket>>();

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const sockets = half.get(address) ?? new Set();
    if (sockets.size >= HALF_REQUESTS) return void socket.destroy();
    half.set(address, sockets.add(socket));
    socket.once('close', () => leave(address, socket));
  });
  server.on('request', ({ socket }) => leave(socket.remoteAddress ?? '', socket));

  function leave(address: string, socket: Socket): void {
    const sockets = half.get(address);
    sockets?.delete(socket);
    if (sockets?.size === 0) half.delete(address);
  }
  return server;
}
